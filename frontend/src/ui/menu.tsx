import * as RadixMenu from "@radix-ui/react-dropdown-menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useDirection } from "@/lib/language";
import { classNames } from "./class-names";

interface MenuProps {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
  onCloseAutoFocus?: (event: Event) => void;
}

export function Menu({ trigger, children, align = "start", side = "bottom", onCloseAutoFocus }: MenuProps) {
  return (
    <RadixMenu.Root modal={false} dir={useDirection()}>
      <RadixMenu.Trigger asChild>{trigger}</RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={onCloseAutoFocus}
          className="appear z-50 max-h-[min(24rem,var(--radix-dropdown-menu-content-available-height))] min-w-44 overflow-y-auto rounded-control border border-line bg-raised p-1 shadow-float"
        >
          {children}
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

const itemClass =
  "flex min-h-8 touch:min-h-11 items-center gap-2.5 rounded-control px-2.5 py-1 text-base outline-none select-none " +
  "data-highlighted:bg-hover data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0";

interface MenuItemProps {
  icon?: ReactNode;
  danger?: boolean;
  shortcut?: string;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, danger = false, shortcut, onSelect, children }: MenuItemProps) {
  return (
    <RadixMenu.Item className={classNames(itemClass, danger && "text-danger")} onSelect={onSelect}>
      {icon}
      {children}
      {shortcut !== undefined && (
        <kbd className="ms-auto ps-6 font-sans text-small text-quiet">{shortcut}</kbd>
      )}
    </RadixMenu.Item>
  );
}

export function MenuSeparator() {
  return <RadixMenu.Separator className="mx-1 my-1 h-px bg-line" />;
}

interface MenuChoiceProps<T extends string> {
  value: T;
  options: readonly { value: T; label: string; detail?: string }[];
  onChange: (value: T) => void;
}

export function MenuChoice<T extends string>({ value, options, onChange }: MenuChoiceProps<T>) {
  return (
    <RadixMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
      {options.map((option) => (
        <RadixMenu.RadioItem key={option.value} value={option.value} className={itemClass}>
          <span className="min-w-0 flex-1">
            <span className="block truncate">{option.label}</span>
            {option.detail !== undefined && (
              <span className="block text-small text-quiet">{option.detail}</span>
            )}
          </span>
          <RadixMenu.ItemIndicator>
            <Check />
          </RadixMenu.ItemIndicator>
        </RadixMenu.RadioItem>
      ))}
    </RadixMenu.RadioGroup>
  );
}

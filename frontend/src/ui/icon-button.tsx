import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";
import { Tooltip } from "./tooltip";

export const iconButtonClass =
  "grid size-8 touch:size-11 shrink-0 place-items-center rounded-control text-quiet transition-colors " +
  "hover:bg-hover hover:text-text active:bg-hover disabled:cursor-default disabled:opacity-45 disabled:hover:bg-transparent [&_svg]:size-4.5";

interface IconButtonProps extends ComponentProps<"button"> {
  label: string;
  shortcut?: string;
  children: ReactNode;
}

/// A button whose name is its tooltip.
export function IconButton({
  label,
  shortcut,
  className,
  children,
  type = "button",
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut}>
      <button type={type} aria-label={label} className={classNames(iconButtonClass, className)} {...rest}>
        {children}
      </button>
    </Tooltip>
  );
}

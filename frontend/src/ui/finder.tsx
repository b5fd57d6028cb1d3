import * as RadixDialog from "@radix-ui/react-dialog";
import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { classNames } from "./class-names";
import { useReturnedFocus } from "./use-returned-focus";

export interface FinderOption {
  id: string;
  icon?: ReactNode;
  label: string;
  /// A line below the label.
  detail?: ReactNode;
  /// Stands at the end: a shortcut, or that this is the present choice.
  end?: ReactNode;
}

export interface FinderGroup<T extends FinderOption> {
  name: string;
  options: readonly T[];
}

interface FinderProps<T extends FinderOption> {
  title: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  groups: readonly FinderGroup<T>[];
  /// Said where nothing is found.
  empty: ReactNode;
  onChoose: (option: T) => void;
  onClose: () => void;
  /// The focus is back where it was: what was chosen may take it from there.
  onClosed: () => void;
}

/// A field over a list: what is typed narrows the list, the arrows choose in it, Enter takes. The focus stays
/// in the field throughout.
export function Finder<T extends FinderOption>({
  title,
  placeholder,
  text,
  onText,
  groups,
  empty,
  onChoose,
  onClose,
  onClosed,
}: FinderProps<T>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const giveFocusBack = useReturnedFocus(true);
  const filled = groups.filter(({ options }) => options.length > 0);
  const options = filled.flatMap((group) => group.options);
  const [chosen, setChosen] = useState<string | null>(null);
  const at = Math.max(
    0,
    options.findIndex((option) => option.id === chosen),
  );
  const current = options[at];
  const currentId = current?.id;

  useEffect(() => {
    if (currentId === undefined) return;
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [currentId]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen(options[landing(at, step, options.length)]?.id ?? null);
    }
    if (event.key === "Enter" && current !== undefined) {
      event.preventDefault();
      onChoose(current);
    }
  };

  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="appear fixed inset-0 z-40 bg-scrim" />
        <RadixDialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            giveFocusBack(event);
            onClosed();
          }}
          className="rise fixed inset-x-3 top-[10dvh] z-40 mx-auto flex max-h-[min(30rem,78dvh)] max-w-xl flex-col overflow-hidden rounded-panel bg-raised shadow-float focus:outline-none"
        >
          <RadixDialog.Title className="sr-only">{title}</RadixDialog.Title>
          <div className="relative border-b border-line">
            <Search
              className="pointer-events-none absolute start-4 top-1/2 size-4.5 -translate-y-1/2 text-quiet"
              aria-hidden="true"
            />
            <input
              role="combobox"
              aria-label={title}
              aria-expanded={options.length > 0}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={currentId === undefined ? undefined : `${id}-${currentId}`}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              enterKeyHint="go"
              dir={text === "" ? undefined : "auto"}
              autoFocus
              placeholder={placeholder}
              value={text}
              onChange={({ target }) => {
                setChosen(null);
                onText(target.value);
              }}
              onKeyDown={onKeyDown}
              className="h-13 w-full bg-transparent ps-11.5 pe-4 text-body outline-none placeholder:text-quiet"
            />
          </div>
          <div
            ref={list}
            id={`${id}-list`}
            role="listbox"
            aria-label={title}
            className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2 empty:hidden"
          >
            {filled.map((group) => (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox.
              <div key={group.name} role="group" aria-label={group.name} className="not-first:mt-2">
                <p aria-hidden="true" className="px-2.5 pt-1 pb-1 text-small font-medium text-quiet">
                  {group.name}
                </p>
                {group.options.map((option) => (
                  <FinderRow
                    key={option.id}
                    id={`${id}-${option.id}`}
                    option={option}
                    selected={option.id === currentId}
                    onSelect={() => setChosen(option.id)}
                    onChoose={() => onChoose(option)}
                  />
                ))}
              </div>
            ))}
          </div>
          <p role="status" className={options.length === 0 ? "px-4.5 py-4 text-base text-quiet" : "sr-only"}>
            {options.length === 0 && empty}
          </p>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/// A single step goes round at the ends; a long one stops there.
function landing(at: number, step: number, length: number): number {
  if (Math.abs(step) === 1) return (at + step + length) % Math.max(1, length);
  return Math.min(length - 1, Math.max(0, at + step));
}

interface FinderRowProps {
  id: string;
  option: FinderOption;
  selected: boolean;
  onSelect: () => void;
  onChoose: () => void;
}

function FinderRow({
  id,
  option: { icon, label, detail, end },
  selected,
  onSelect,
  onChoose,
}: FinderRowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the field above names the chosen one as its active descendant.
    <div
      id={id}
      role="option"
      aria-selected={selected}
      onMouseMove={selected ? undefined : onSelect}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={classNames(
        "flex min-h-9 touch:min-h-11 cursor-pointer items-center gap-3 rounded-control px-2.5 py-1.5 text-base [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-quiet",
        selected && "bg-hover",
      )}
    >
      {icon}
      <span className="min-w-0 flex-1">
        <span className="flex">
          <span dir="auto" className="truncate">
            {label}
          </span>
        </span>
        {detail !== undefined && (
          <span className="flex text-small text-quiet">
            <span dir="auto" className="truncate">
              {detail}
            </span>
          </span>
        )}
      </span>
      {end}
    </div>
  );
}

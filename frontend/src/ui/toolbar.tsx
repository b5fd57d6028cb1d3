import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";

interface ToolbarProps {
  label: string;
  className?: string;
  children: ReactNode;
}

/// Buttons that are one stop of the Tab key together; the arrows lead from one to the next.
export function Toolbar({ label, className, children }: ToolbarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const stop = useRef<HTMLButtonElement | null>(null);
  useLayoutEffect(() => arrange(bar.current, stop.current));
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const buttons = buttonsOf(bar.current);
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = at === -1 ? null : placeAfter(event, at, buttons.length);
    if (next === null) return;
    event.preventDefault();
    buttons[next]?.focus();
  };
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={label}
      className={className}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => {
        stop.current = target.closest("button");
        arrange(bar.current, stop.current);
      }}
    >
      {children}
    </div>
  );
}

const buttonsOf = (bar: HTMLElement | null) => [
  ...(bar?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? []),
];

function arrange(bar: HTMLElement | null, stop: HTMLButtonElement | null) {
  const buttons = buttonsOf(bar);
  const chosen = stop !== null && buttons.includes(stop) ? stop : buttons[0];
  for (const button of buttons) button.tabIndex = button === chosen ? 0 : -1;
}

function placeAfter({ key, currentTarget }: KeyboardEvent, at: number, count: number): number | null {
  const onwards = getComputedStyle(currentTarget).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  switch (key) {
    case "Home":
      return 0;
    case "End":
      return count - 1;
    case "ArrowLeft":
    case "ArrowRight":
      return (at + (key === onwards ? 1 : count - 1)) % count;
    default:
      return null;
  }
}

import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  /// What follows from it, below.
  hint?: ReactNode;
  className?: string;
}

export function Checkbox({ checked, onChange, children, hint, className }: CheckboxProps) {
  return (
    <label
      className={classNames(
        "flex min-h-9 cursor-pointer gap-3 touch:min-h-11",
        hint === undefined ? "items-center" : "items-start",
        className,
      )}
    >
      <input
        type="checkbox"
        className={classNames("size-4 accent-accent", hint !== undefined && "mt-1")}
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span>
        {children}
        {hint !== undefined && <span className="block text-small text-quiet">{hint}</span>}
      </span>
    </label>
  );
}

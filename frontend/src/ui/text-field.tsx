import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";

export const inputClass =
  "w-full rounded-control border border-edge bg-raised px-3 text-body text-text placeholder:text-quiet " +
  "transition-colors focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 " +
  "aria-invalid:border-danger disabled:opacity-60";

interface TextFieldProps extends ComponentProps<"input"> {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  /// Stands inside the field at its end.
  end?: ReactNode;
}

export function TextField({ label, hint, error, end, className, ...rest }: TextFieldProps) {
  const id = useId();
  const described = error != null ? `${id}-error` : hint !== undefined ? `${id}-hint` : undefined;
  return (
    <div className={classNames("grid gap-1.5", className)}>
      <label htmlFor={id} className="text-base font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          dir="auto"
          className={classNames(inputClass, "h-11", end != null && "pe-12")}
          aria-invalid={error != null || undefined}
          aria-describedby={described}
          {...rest}
        />
        {end != null && <div className="absolute inset-y-0 end-1 grid place-items-center">{end}</div>}
      </div>
      {error != null ? (
        <p id={`${id}-error`} className="text-small text-danger">
          {error}
        </p>
      ) : (
        hint !== undefined && (
          <p id={`${id}-hint`} className="text-small text-quiet">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { Spinner } from "./spinner";

const looks = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover active:opacity-90",
  plain: "bg-raised text-text border border-line hover:bg-hover active:bg-hover",
  quiet: "text-text hover:bg-hover active:bg-hover",
  danger: "text-danger border border-line bg-raised hover:bg-hover active:bg-hover",
} as const;

export type ButtonLook = keyof typeof looks;

export const buttonClass = (look: ButtonLook, className?: string) =>
  classNames(
    "relative inline-flex min-h-9 touch:min-h-11 items-center justify-center gap-2 rounded-control px-3.5 py-1.5 text-base font-medium",
    "transition-colors disabled:cursor-default disabled:opacity-55",
    looks[look],
    className,
  );

interface ButtonProps extends ComponentProps<"button"> {
  look?: ButtonLook;
  /// Work is under way: the button keeps its width and takes no second press.
  busy?: boolean;
}

export function Button({
  look = "plain",
  busy = false,
  className,
  children,
  disabled,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={buttonClass(look, className)}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      <span className={classNames("contents", busy && "*:invisible")}>
        {busy ? <span className="invisible">{children}</span> : children}
      </span>
      {busy && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
    </button>
  );
}

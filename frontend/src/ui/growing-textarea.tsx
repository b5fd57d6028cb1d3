import { type ComponentProps, useLayoutEffect, useRef } from "react";
import { classNames } from "./class-names";

interface GrowingTextareaProps extends ComponentProps<"textarea"> {
  value: string;
}

const sizesItself = typeof CSS !== "undefined" && CSS.supports("field-sizing", "content");

/// As high as its text.
export function GrowingTextarea({ className, value, ...rest }: GrowingTextareaProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text decides the height.
  useLayoutEffect(() => {
    if (sizesItself || area.current === null) return;
    area.current.style.height = "auto";
    area.current.style.height = `${area.current.scrollHeight}px`;
  }, [value]);
  return (
    <textarea
      ref={area}
      rows={1}
      // The placeholder of an empty one reads as the page does.
      dir={value === "" ? undefined : "auto"}
      value={value}
      className={classNames(
        "field-sizing-content block w-full resize-none overflow-y-auto bg-transparent text-body",
        className,
      )}
      {...rest}
    />
  );
}

import { type RefObject, useLayoutEffect, useRef } from "react";

/// Tells the styles below `root` how high an element is.
export function useHeightVariable(name: `--${string}`, root: RefObject<HTMLElement | null>) {
  const measured = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = measured.current;
    if (element === null) return;
    const write = () => root.current?.style.setProperty(name, `${element.offsetHeight}px`);
    write();
    const observer = new ResizeObserver(write);
    observer.observe(element);
    return () => observer.disconnect();
  }, [name, root]);
  return measured;
}

import { classNames } from "./class-names";

/// Stands where something will, with its size. It shows itself only when the wait is worth noticing.
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={classNames("skeleton rounded-control bg-sunken", className)} />;
}

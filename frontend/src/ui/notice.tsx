import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface NoticeProps {
  children: ReactNode;
  /// The next step.
  action?: ReactNode;
  className?: string;
}

/// What went wrong, in a sentence, and what can be done.
export function Notice({ children, action, className }: NoticeProps) {
  return (
    <div
      role="alert"
      className={classNames(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-control bg-sunken px-3 py-2 text-base",
        className,
      )}
    >
      <TriangleAlert className="size-4.5 shrink-0 text-danger" aria-hidden="true" />
      <p className="min-w-0 flex-1 basis-48 break-words">{children}</p>
      {action}
    </div>
  );
}

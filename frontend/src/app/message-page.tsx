import type { ReactNode } from "react";
import { Mark } from "@/ui/mark";

/// A page that says one thing and offers the way on.
export function MessagePage({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action: ReactNode;
}) {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <div className="w-full max-w-md">
        <Mark className="size-8" />
        <h1 className="mt-6 text-title font-semibold">{title}</h1>
        <div className="mt-2 text-body text-quiet">{children}</div>
        <div className="mt-6 flex flex-wrap gap-2">{action}</div>
      </div>
    </main>
  );
}

import type { ReactNode } from "react";

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-10">
      <h2 className="font-semibold">{title}</h2>
      <div className="mt-4 grid gap-5">{children}</div>
    </section>
  );
}

/// One setting: its name, then its control.
export function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <span className="me-auto">{name}</span>
      {children}
    </div>
  );
}

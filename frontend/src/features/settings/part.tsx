import type { ReactNode } from "react";
import { type SettingsPart, useSettingsParts } from "./parts";

export function Part({ part, children }: { part: SettingsPart; children: ReactNode }) {
  const title = useSettingsParts().find((one) => one.part === part)?.title;
  return (
    <section className="mt-10">
      <h2 id={part} tabIndex={-1} className="scroll-mt-6 font-semibold outline-none">
        {title}
      </h2>
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

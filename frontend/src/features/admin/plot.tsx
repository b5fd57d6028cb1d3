import { Trans } from "@lingui/react/macro";
import { type PointerEvent, useState } from "react";
import { plotPath, plotTop } from "./plot-path";

export interface PlotColumn {
  title: string;
  now: number | null;
  before: number | null;
}

interface PlotProps {
  name: string;
  columns: readonly PlotColumn[];
  /// For the whole period, and the one before.
  now: number | null;
  before: number | null;
  show: (value: number) => string;
}

/// How one figure went, over the same time before: that one is dashed, which does not depend on colours. What it shows
/// stands in the table below all plots too.
export function Plot({ name, columns, now, before, show }: PlotProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const top = plotTop(columns.flatMap((column) => [column.now, column.before]));
  const told = (value: number | null) => (value === null ? "–" : show(value));
  const here = pointed === null ? undefined : columns[pointed];
  const [shownNow, shownBefore] = [told(here ? here.now : now), told(here ? here.before : before)];
  const onPointerMove = ({ currentTarget, clientX }: PointerEvent<SVGSVGElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const at = Math.round(((clientX - left) / width) * (columns.length - 1));
    setPointed(Math.max(0, Math.min(columns.length - 1, at)));
  };
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-baseline gap-x-3 text-small text-quiet tabular-nums">
        <span className="text-base font-medium text-text">{name}</span>
        <span className="text-text">{shownNow}</span>
        <Trans>before: {shownBefore}</Trans>
        {here !== undefined && <span className="ms-auto">{here.title}</span>}
      </figcaption>
      <div className="mt-1.5 flex gap-2">
        <div className="flex w-14 shrink-0 flex-col justify-between text-end text-small leading-none text-quiet tabular-nums">
          <span>{show(top)}</span>
          <span>{show(0)}</span>
        </div>
        <svg
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          className="h-24 min-w-0 flex-1 overflow-visible border-y border-line"
          aria-hidden="true"
          onPointerMove={onPointerMove}
          onPointerLeave={() => setPointed(null)}
        >
          {pointed !== null && (
            <line
              x1={(pointed * 100) / (columns.length - 1)}
              x2={(pointed * 100) / (columns.length - 1)}
              y1={0}
              y2={100}
              className="stroke-edge"
              vectorEffect="non-scaling-stroke"
            />
          )}
          <Line values={columns.map((column) => column.before)} top={top} className="stroke-quiet" dashed />
          <Line values={columns.map((column) => column.now)} top={top} className="stroke-accent" />
        </svg>
      </div>
      <div className="mt-1 flex justify-between ps-16 text-small leading-none text-quiet tabular-nums">
        <span>{columns[0]?.title}</span>
        <span>{columns.at(-1)?.title}</span>
      </div>
    </figure>
  );
}

interface LineProps {
  values: readonly (number | null)[];
  top: number;
  className: string;
  dashed?: boolean;
}

function Line({ values, top, className, dashed = false }: LineProps) {
  return (
    <path
      d={plotPath(values, top)}
      fill="none"
      className={className}
      strokeWidth={dashed ? 1.5 : 2}
      strokeDasharray={dashed ? "4 4" : undefined}
      strokeLinecap="round"
      strokeLinejoin="round"
      vectorEffect="non-scaling-stroke"
    />
  );
}

/// Which line is which.
export function PlotKey() {
  return (
    <p className="flex flex-wrap items-center gap-x-5 gap-y-1 text-small text-quiet">
      <span className="flex items-center gap-2">
        <Sample className="stroke-accent" />
        <Trans>this time</Trans>
      </span>
      <span className="flex items-center gap-2">
        <Sample className="stroke-quiet" dashed />
        <Trans>the same time before</Trans>
      </span>
    </p>
  );
}

function Sample({ className, dashed = false }: { className: string; dashed?: boolean }) {
  return (
    <svg viewBox="0 0 28 8" className="h-2 w-7" aria-hidden="true">
      <path
        d="M1 4H27"
        fill="none"
        className={className}
        strokeWidth={dashed ? 1.5 : 2}
        strokeDasharray={dashed ? "4 4" : undefined}
      />
    </svg>
  );
}

import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button } from "@/ui/button";
import { classNames } from "@/ui/class-names";
import { NotLoaded } from "@/ui/not-loaded";
import { Skeleton } from "@/ui/skeleton";

export interface Column<Row> {
  title: ReactNode;
  /// Stands in its column at the end, with digits of one width.
  number?: boolean;
  cell: (row: Row) => ReactNode;
}

interface TableProps<Row> {
  /// What it lists, for whoever does not see it.
  label: string;
  columns: readonly Column<Row>[];
  /// Absent until they are known.
  rows: readonly Row[] | undefined;
  keyOf: (row: Row) => string;
  error: Error | null;
  onRetry: () => void;
  empty: ReactNode;
  /// Absent where there are no more.
  onMore?: (() => void) | undefined;
  busy?: boolean;
}

/// Rows of facts, as many as fit. Where the page is narrow it scrolls in itself.
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, keyOf, error, onRetry, empty, onMore, busy = false } = props;
  if (rows === undefined && error === null) {
    return (
      <div className="grid gap-2" aria-busy="true">
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
      </div>
    );
  }
  if (rows === undefined) {
    return <NotLoaded error={error} onRetry={onRetry} />;
  }
  if (rows.length === 0) return <p className="text-quiet">{empty}</p>;
  return (
    <>
      {/* What scrolls must be reachable by keys. */}
      <section className="-mx-5 overflow-x-auto px-5" aria-label={label} tabIndex={0}>
        <table className="w-full border-collapse text-base">
          <thead>
            <tr className="border-b border-line text-start text-small text-quiet">
              {columns.map(({ title, number = false }, index) => (
                <th
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never change their places
                  key={index}
                  scope="col"
                  className={classNames(
                    "py-1.5 pe-4 font-medium whitespace-nowrap last:pe-0",
                    number ? "text-end" : "text-start",
                  )}
                >
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)} className="border-b border-line align-top last:border-0">
                {columns.map(({ cell, number = false }, index) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns never change their places
                    key={index}
                    className={classNames(
                      "py-2 pe-4 last:pe-0",
                      number && "text-end whitespace-nowrap tabular-nums",
                    )}
                  >
                    {cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {onMore !== undefined && (
        <Button className="mt-3" busy={busy} onClick={onMore}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </>
  );
}

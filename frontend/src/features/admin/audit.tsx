import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { type AuditFilter, auditExportPath } from "@/api/admin";
import type { AuditEntry, Named } from "@/api/types";
import { download } from "@/lib/download";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { inputClass } from "@/ui/text-field";
import { auditQuery } from "./admin-queries";
import { useAuditWords } from "./audit-words";
import { Table } from "./table";
import { useAddressFilter } from "./use-address-filter";

/// Who did what, and to whom.
export function Audit() {
  const { t, i18n } = useLingui();
  const words = useAuditWords();
  const { search, change } = useAddressFilter();
  const filter: AuditFilter = {};
  for (const name of ["action", "actor", "about"] as const) {
    const value = search.get(name);
    if (value !== null) filter[name] = value;
  }
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    auditQuery(filter),
  );
  const saving = useSaving(() => download(auditExportPath(filter)));
  const narrowed = filter.actor !== undefined || filter.about !== undefined;
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <div className="w-64">
          <select
            aria-label={t`What was done`}
            value={filter.action ?? ""}
            onChange={({ target }) => change({ action: target.value })}
            className={`${inputClass} h-11`}
          >
            <option value="">{t`Everything`}</option>
            {Object.entries(words).map(([action, word]) => (
              <option key={action} value={action}>
                {word}
              </option>
            ))}
          </select>
        </div>
        {narrowed && (
          <Button onClick={() => change({ actor: null, about: null })}>
            <X className="size-4" aria-hidden="true" />
            <Trans>Of everybody</Trans>
          </Button>
        )}
        <Button className="ms-auto" busy={saving.busy} onClick={() => void saving.run()}>
          <Trans>Export as a file</Trans>
        </Button>
      </div>
      {saving.error !== null && <Notice>{saving.error.message}</Notice>}
      <Table<AuditEntry>
        label={t`Audit log`}
        rows={data?.pages.flatMap(({ items }) => items)}
        keyOf={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        empty={<Trans>Nothing was found.</Trans>}
        onMore={hasNextPage ? () => void fetchNextPage() : undefined}
        busy={isFetchingNextPage}
        columns={[
          {
            title: <Trans>At</Trans>,
            cell: ({ at }) => (
              <time dateTime={at} className="whitespace-nowrap tabular-nums">
                {i18n.date(at, { dateStyle: "medium", timeStyle: "medium" })}
              </time>
            ),
          },
          {
            title: <Trans>Who</Trans>,
            cell: ({ actor }) =>
              actor === null ? (
                <Trans>the server</Trans>
              ) : (
                <Person named={actor} onChosen={() => change({ actor: actor.id })} />
              ),
          },
          {
            title: <Trans>Did what</Trans>,
            cell: ({ action, details }) => (
              <>
                {words[action] ?? <code className="text-small">{action}</code>}
                {Object.entries(details).map(([name, value]) => (
                  <span key={name} className="block text-small break-all text-quiet">
                    {name}: {value}
                  </span>
                ))}
              </>
            ),
          },
          {
            title: <Trans>To whom</Trans>,
            cell: ({ about, actor }) =>
              about === null || about.id === actor?.id ? (
                "–"
              ) : (
                <Person named={about} onChosen={() => change({ about: about.id })} />
              ),
          },
          {
            title: <Trans>From</Trans>,
            cell: ({ ip }) => <span className="whitespace-nowrap tabular-nums">{ip === "" ? "–" : ip}</span>,
          },
        ]}
      />
    </>
  );
}

function Person({ named: { id, email }, onChosen }: { named: Named; onChosen: () => void }) {
  return (
    <button
      type="button"
      className="min-w-52 text-start wrap-anywhere text-accent hover:underline"
      onClick={onChosen}
    >
      {email ?? id}
    </button>
  );
}

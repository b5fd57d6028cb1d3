import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ArrowLeft, Search } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import type { MemoryFilter } from "@/api/memories";
import { useDebounce } from "@/lib/use-debounce";
import { useDocumentTitle } from "@/lib/use-document-title";
import { Button } from "@/ui/button";
import { iconButtonClass } from "@/ui/icon-button";
import { NotLoaded } from "@/ui/not-loaded";
import { Segmented } from "@/ui/segmented";
import { Skeleton } from "@/ui/skeleton";
import { inputClass } from "@/ui/text-field";
import { AddMemory } from "./add-memory";
import { ForgetAll } from "./forget-all";
import { ImportMemories } from "./import-memories";
import { KindMenu } from "./kind-menu";
import { MemoryProfile } from "./memory-profile";
import { memoriesQuery } from "./memory-queries";
import { MemoryRow } from "./memory-row";
import { useMemoryWords } from "./memory-words";

const settleMillis = 250;
const statuses = ["active", "pending", "superseded", "rejected"] as const;

/// All that Parley remembers of a person, in their hands.
export function Memories() {
  const { t } = useLingui();
  const words = useMemoryWords();
  useDocumentTitle(`${t`Memory`} · Parley`);
  const [filter, setFilter] = useState<MemoryFilter>({ q: "", kind: null, status: "active" });
  const change = (next: Partial<MemoryFilter>) => setFilter((before) => ({ ...before, ...next }));

  return (
    <main className="mx-auto w-full max-w-2xl px-5 pt-[calc(env(safe-area-inset-top)+1rem)] pb-20">
      <header className="flex h-12 items-center gap-2">
        <Link
          to="/settings/memory"
          aria-label={t`Back to the settings`}
          className={`${iconButtonClass} -ms-2`}
        >
          <ArrowLeft />
        </Link>
        <h1 className="text-title font-semibold">
          <Trans>Memory</Trans>
        </h1>
      </header>
      <p className="mt-2 text-quiet">
        <Trans>
          What Parley knows about you, from your chats and from your own hand. Answers are told what fits the
          question.
        </Trans>
      </p>
      <div className="mt-6 grid gap-6">
        <AddMemory />
        <MemoryProfile />
        <div className="grid gap-3">
          <div className="relative">
            <Search
              className="pointer-events-none absolute start-3 top-1/2 size-4.5 -translate-y-1/2 text-quiet"
              aria-hidden="true"
            />
            <input
              type="search"
              aria-label={t`Search the memories`}
              placeholder={t`Search by words or by meaning`}
              dir={filter.q === "" ? undefined : "auto"}
              maxLength={500}
              value={filter.q}
              onChange={({ target }) => change({ q: target.value })}
              className={`${inputClass} h-11 ps-10`}
            />
          </div>
          <div className="flex flex-wrap items-center gap-3">
            <Segmented
              label={t`Which memories`}
              value={filter.status}
              options={statuses.map((value) => ({ value, label: words.statuses[value] }))}
              onChange={(status) => change({ status })}
            />
            <KindMenu value={filter.kind} all={t`All kinds`} onChange={(kind) => change({ kind })} />
          </div>
        </div>
        <Found filter={filter} />
        <div className="flex flex-wrap gap-3 border-t border-line pt-6">
          <ImportMemories />
          <ForgetAll />
        </div>
      </div>
    </main>
  );
}

function Found({ filter }: { filter: MemoryFilter }) {
  const q = useDebounce(filter.q.trim(), settleMillis);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    memoriesQuery({ ...filter, q }),
  );
  const found = data?.pages.flatMap(({ items }) => items);
  if (found === undefined && error === null) {
    return (
      <div className="grid gap-4">
        <Skeleton className="h-11" />
        <Skeleton className="h-11" />
        <Skeleton className="h-11" />
      </div>
    );
  }
  if (found === undefined) {
    return (
      <NotLoaded error={error} onRetry={() => void refetch()}>
        <Trans>Your memories could not be loaded.</Trans>
      </NotLoaded>
    );
  }
  return (
    <div>
      <p role="status" className={found.length === 0 ? "text-quiet" : "sr-only"}>
        {found.length === 0 && <Nothing filter={filter} />}
      </p>
      <ul className="divide-y divide-line">
        {found.map((memory) => (
          <li key={memory.id} className="py-3">
            <MemoryRow memory={memory} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button className="mt-3" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </div>
  );
}

function Nothing({ filter: { q, kind, status } }: { filter: MemoryFilter }) {
  if (q.trim() !== "" || kind !== null) return <Trans>Nothing was found.</Trans>;
  if (status === "active") {
    return <Trans>Nothing is remembered yet. Say “Remember that …” in a chat, or write it down above.</Trans>;
  }
  if (status === "pending") return <Trans>Nothing waits for you.</Trans>;
  if (status === "superseded") return <Trans>Nothing has become past.</Trans>;
  return <Trans>You have refused nothing.</Trans>;
}

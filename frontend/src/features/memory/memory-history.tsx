import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Memory } from "@/api/types";
import { chatAddress } from "@/lib/chat-address";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";
import { historyQuery } from "./memory-queries";
import { useMemoryWords } from "./memory-words";

/// How a memory came to be what it is, and from which messages.
export function MemoryHistory({ memory, onClose }: { memory: Memory; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const { changes } = useMemoryWords();
  const { data, error } = useQuery(historyQuery(memory.id));
  return (
    <Dialog open title={t`History of a memory`} description={memory.content} onClose={onClose}>
      {error !== null && <Notice>{error.message}</Notice>}
      {data === undefined && error === null && <Skeleton className="h-16" />}
      <ol className="grid gap-4">
        {data?.map((change) => (
          <li key={change.at + change.event} className="grid gap-0.5">
            <p className="flex flex-wrap gap-x-2 text-small text-quiet">
              <span className="font-medium">{changes[change.event]}</span>
              <time dateTime={change.at} className="tabular-nums">
                {i18n.date(change.at, { dateStyle: "medium", timeStyle: "short" })}
              </time>
              {change.source !== null && (
                <Link
                  to={chatAddress(change.source.chat_id, change.source.message_id)}
                  className="text-accent underline"
                >
                  <Trans>Where it was said</Trans>
                </Link>
              )}
            </p>
            {change.old !== null && change.old !== change.new && (
              <p dir="auto" className="break-words text-quiet line-through">
                {change.old}
              </p>
            )}
            {change.new !== null && (
              <p dir="auto" className="break-words">
                {change.new}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

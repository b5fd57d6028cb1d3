import { Trans } from "@lingui/react/macro";
import { lazy, Suspense } from "react";
import { inOwnWords } from "@/api/server-sentences";
import type { Message } from "@/api/types";
import { lateModule } from "@/lib/late-module";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import type { Row } from "./conversation-rows";
import type { MessageCommands } from "./message-commands";

const loadMemoryNotes = lateModule(() => import("@/features/memory/memory-notes"));
const MemoryNotes = lazy(async () => ({ default: (await loadMemoryNotes()).MemoryNotes }));

interface MessageEndProps {
  row: Row;
  busy: boolean;
  commands: MessageCommands | undefined;
}

/// How an answer ended when it did not end by itself, where it ended, with the next step; and what else was not as
/// it was asked for.
export function MessageEnd(props: MessageEndProps) {
  return (
    <>
      <Ending {...props} />
      <Fallback message={props.row.message} />
      <TakenOver message={props.row.message} />
      {props.row.message.status !== "streaming" && props.commands !== undefined && (
        <Suspense>
          <MemoryNotes message={props.row.message} />
        </Suspense>
      )}
    </>
  );
}

function Ending({ row, busy, commands }: MessageEndProps) {
  const { message } = row;
  if (message.status === "streaming") return null;
  if (message.status === "complete") {
    if (message.metadata.finish_reason !== "length") return null;
    return (
      <p className={quietLine}>
        <Trans>The answer reached its largest number of tokens and ends here.</Trans>
      </p>
    );
  }
  const retry = commands !== undefined && (
    <Button disabled={busy} onClick={() => commands.regenerate(row)}>
      <Trans>Retry</Trans>
    </Button>
  );
  if (message.status === "stopped") {
    return (
      <p className={quietLine}>
        <Trans>Stopped.</Trans>
      </p>
    );
  }
  if (message.status === "interrupted") {
    return (
      <Notice action={retry} className="mt-3">
        <Trans>The server stopped while it wrote this answer. What was written is kept.</Trans>
      </Notice>
    );
  }
  return (
    <Notice action={retry} className="mt-3">
      <Reason message={message} /> <Trans>Your message is saved.</Trans>
    </Notice>
  );
}

/// The server's sentence, or ours where it gave none.
function Reason({ message: { metadata } }: { message: Message }) {
  if (metadata.error == null) return <Trans>The model did not answer.</Trans>;
  return inOwnWords(metadata.error.message);
}

function Fallback({ message: { metadata, status } }: { message: Message }) {
  const { fallback, model } = metadata;
  if (fallback == null || model == null || status === "streaming") return null;
  return (
    <p className={quietLine} title={inOwnWords(fallback.reason)}>
      <Trans>
        {fallback.from} was not available; answered by {model}.
      </Trans>
    </p>
  );
}

function TakenOver({ message: { metadata, status } }: { message: Message }) {
  if (metadata.takeovers == null || status !== "complete") return null;
  return (
    <p className={quietLine}>
      <Trans>The server that began this answer was lost; it was begun anew.</Trans>
    </p>
  );
}

const quietLine = "mt-2 text-base text-quiet";

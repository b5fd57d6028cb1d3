import { useLingui } from "@lingui/react/macro";
import { memo, startTransition, useEffect, useRef, useState } from "react";
import { classNames } from "@/ui/class-names";
import type { Row } from "./conversation-rows";
import { MessageActions } from "./message-actions";
import type { MessageCommands } from "./message-commands";
import { MessageEnd } from "./message-end";
import { MessageText } from "./message-text";
import type { Nearness } from "./nearness";
import { isLeftChanged, QuestionEditor } from "./question-editor";

interface MessageBubbleProps {
  row: Row;
  conversation: string;
  last: boolean;
  nearness: Nearness;
  /// It is set from the first; others are when they come near.
  startsNear: boolean;
  /// A link led here.
  found: boolean;
  /// Absent where messages are only shown.
  commands?: MessageCommands;
  /// An answer is being written: nothing that begins another is offered.
  busy: boolean;
}

/// Far from what is seen it is its text alone, which the browser finds: a long chat is not thousands of nodes.
export const MessageBubble = memo(function MessageBubble({
  row,
  conversation,
  last,
  nearness,
  startsNear,
  found,
  commands,
  busy,
}: MessageBubbleProps) {
  const { t } = useLingui();
  const [editing, setEditing] = useState(() => row.message.role === "user" && isLeftChanged(row.message.id));
  const [startedNear] = useState(startsNear);
  const [near, setNear] = useState(startedNear);
  // What a chat opens with has its real height until it is far away: a guessed one would move what stands below it.
  const [unmoved, setUnmoved] = useState(startedNear);
  const article = useRef<HTMLElement>(null);
  useEffect(() => {
    if (article.current === null) return;
    return nearness.observe(article.current, startedNear, (isNear) =>
      startTransition(() => {
        setNear(isNear);
        if (!isNear) setUnmoved(false);
      }),
    );
  }, [nearness, startedNear]);
  const { message } = row;
  const asked = message.role === "user";
  const whole = near || last || row.live || found || editing;
  return (
    <article
      ref={article}
      data-key={row.key}
      data-message={message.id}
      data-role={message.role}
      aria-label={asked ? t`You` : t`Parley`}
      aria-current={found || undefined}
      tabIndex={found ? -1 : undefined}
      style={last ? undefined : { containIntrinsicBlockSize: `auto ${likelyHeight(message.content)}px` }}
      className={classNames(
        "group/message column",
        asked ? "message-question" : "message-answer",
        !last && !unmoved && "settled",
      )}
    >
      {/* Its name is no text, or it would be copied along. */}
      <h2 className="sr-only" aria-label={asked ? t`You` : t`Parley`} />
      {!whole ? (
        <p className="text-body break-words whitespace-pre-wrap">{message.content}</p>
      ) : asked && editing && commands !== undefined ? (
        <QuestionEditor
          messageId={message.id}
          content={message.content}
          onCancel={() => setEditing(false)}
          onSend={(content) => {
            setEditing(false);
            commands.edit(row, content);
          }}
        />
      ) : asked ? (
        <p
          dir="auto"
          className="ms-auto w-fit max-w-[85%] rounded-panel bg-sunken px-4 py-2.5 text-body break-words whitespace-pre-wrap"
        >
          {message.content}
        </p>
      ) : (
        <MessageText message={message} conversation={conversation} />
      )}
      {whole && !asked && <MessageEnd row={row} busy={busy} commands={commands} />}
      {whole && commands !== undefined && !editing && (
        <MessageActions
          row={row}
          last={last}
          busy={busy}
          commands={commands}
          onEdit={() => setEditing(true)}
        />
      )}
    </article>
  );
});

const lineHeight = 26;
const longestLine = 80;
const letterWidth = 8.5;
const aroundText = 60;

/// Of a row that was not drawn yet, so that the scrollbar says roughly where one is.
function likelyHeight(content: string): number {
  const lineLength = Math.min(longestLine, innerWidth / letterWidth);
  const lines = content
    .split("\n")
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lineLength)), 0);
  return aroundText + lines * lineHeight;
}

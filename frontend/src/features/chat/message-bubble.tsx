import { useLingui } from "@lingui/react/macro";
import { memo, useState } from "react";
import { classNames } from "@/ui/class-names";
import type { Row } from "./conversation-rows";
import { MessageActions } from "./message-actions";
import type { MessageCommands } from "./message-commands";
import { MessageEnd } from "./message-end";
import { MessageText } from "./message-text";
import { QuestionEditor } from "./question-editor";

interface MessageBubbleProps {
  row: Row;
  conversation: string;
  last: boolean;
  /// Absent where messages are only shown.
  commands?: MessageCommands;
  /// An answer is being written: nothing that begins another is offered.
  busy: boolean;
}

export const MessageBubble = memo(function MessageBubble({
  row,
  conversation,
  last,
  commands,
  busy,
}: MessageBubbleProps) {
  const { t } = useLingui();
  const [editing, setEditing] = useState(false);
  const { message } = row;
  const asked = message.role === "user";
  return (
    <article
      data-key={row.key}
      data-role={message.role}
      aria-label={asked ? t`You` : t`Parley`}
      className={classNames(
        "group/message column",
        asked ? "message-question" : "message-answer",
        !last && "settled",
      )}
    >
      {asked && editing && commands !== undefined ? (
        <QuestionEditor
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
      {!asked && <MessageEnd row={row} busy={busy} commands={commands} />}
      {commands !== undefined && !editing && (
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

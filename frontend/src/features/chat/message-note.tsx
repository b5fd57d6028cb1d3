import { Trans, useLingui } from "@lingui/react/macro";
import { isNearTheEnd, longestMessage } from "./message-length";
import { useTypingElsewhere } from "./typing-elsewhere";
import type { useDictation } from "./use-dictation";

interface MessageNoteProps {
  chatId: string | undefined;
  length: number;
  /// Enter was pressed while an answer is being written.
  waits: boolean;
  dictation: Pick<ReturnType<typeof useDictation>, "listening" | "problem">;
  /// Files that are no text.
  refused: readonly string[];
  /// How long a text is that was just pasted.
  pasted: number;
  /// How many questions ago the one in the box was asked, 0 for what was typed.
  recalled: number;
}

/// One line below the box: what matters most of all that could be said.
export function MessageNote(props: MessageNoteProps) {
  const elsewhere = useTypingElsewhere(props.chatId);
  return (
    <p role="status" className="px-4 text-small text-quiet not-empty:pt-1.5">
      <Note {...props} elsewhere={elsewhere} />
    </p>
  );
}

const longPaste = 5_000;

function Note({
  length,
  waits,
  dictation,
  refused,
  pasted,
  recalled,
  elsewhere,
}: MessageNoteProps & { elsewhere: boolean }) {
  const { i18n } = useLingui();
  if (length > longestMessage) {
    return (
      <span className="text-danger">
        <Trans>
          {i18n.number(length)} of at most {i18n.number(longestMessage)} characters. Shorten it to send it.
        </Trans>
      </span>
    );
  }
  if (waits) return <Trans>The answer is still being written. Press Stop to ask now.</Trans>;
  if (dictation.listening)
    return <Trans>Listening. What you say is written down by your browser's maker or by your device.</Trans>;
  if (dictation.problem === "forbidden")
    return <Trans>The browser does not allow the microphone here.</Trans>;
  if (dictation.problem === "failed") return <Trans>The browser could not turn speech into text.</Trans>;
  if (refused.length > 0) {
    const names = refused.join(", ");
    return (
      <Trans>
        Only text can be sent, of at most {i18n.number(longestMessage)} characters: {names} was left out.
      </Trans>
    );
  }
  if (isNearTheEnd(length))
    return (
      <Trans>
        {i18n.number(length)} of {i18n.number(longestMessage)} characters
      </Trans>
    );
  if (pasted >= longPaste) return <Trans>{i18n.number(pasted)} characters pasted</Trans>;
  if (recalled > 0)
    return (
      <span className="sr-only">
        <Trans>An earlier question of this chat</Trans>
      </span>
    );
  return elsewhere ? <Trans>You are typing on another device or in another tab.</Trans> : null;
}

import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowUp, Square } from "lucide-react";
import {
  type FormEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { browserStorage } from "@/lib/browser-storage";
import { currentUserId, userKey } from "@/lib/session";
import { GrowingTextarea } from "@/ui/growing-textarea";
import { Tooltip } from "@/ui/tooltip";
import { Drafts } from "./drafts";

/// Absent for somebody who is just signing out, or what is erased would be written again.
function drafts(): Drafts | null {
  const userId = currentUserId();
  return userId === null ? null : new Drafts(browserStorage, userKey(userId, "draft"));
}

const longestMessage = 100_000;

export interface MessageInputHandle {
  /// Puts a text into the box, after what is there.
  give: (text: string) => void;
}

interface MessageInputProps {
  chatId: string | undefined;
  /// An answer is being written: the button stops it, and what is typed waits.
  busy: boolean;
  stopping: boolean;
  onSend: (content: string) => void;
  onStop: () => void;
  ref?: Ref<MessageInputHandle>;
}

export function MessageInput({ chatId, busy, stopping, onSend, onStop, ref }: MessageInputProps) {
  const { t, i18n } = useLingui();
  const [text, setText] = useState(() => drafts()?.read(chatId) ?? "");
  const [waits, setWaits] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const area = () => box.current?.querySelector("textarea");
  useSavedDraft(chatId, text);
  useEffect(() => {
    // The box appears with its chat; who writes elsewhere by then, as a title, goes on there.
    const writing = document.activeElement instanceof HTMLInputElement;
    if (!writing && matchMedia("(hover: hover)").matches) box.current?.querySelector("textarea")?.focus();
  }, []);
  useImperativeHandle(ref, () => ({
    give: (given) => {
      setText((typed) => (typed.trim() === "" ? given : `${typed}\n\n${given}`));
      box.current?.querySelector("textarea")?.focus();
    },
  }));

  const content = text.trim();
  const tooLong = content.length > longestMessage;
  const ready = content !== "" && !tooLong && !busy;

  const send = () => {
    if (!ready) {
      setWaits(busy && content !== "");
      return;
    }
    setText("");
    drafts()?.write(chatId, "");
    onSend(content);
    area()?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the choice of a character is not Enter; Safari reports it as key code 229 only.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229)
      return;
    event.preventDefault();
    send();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };

  return (
    <form onSubmit={onSubmit}>
      <div
        ref={box}
        className="flex items-end rounded-panel border border-edge bg-raised shadow-float transition-colors focus-within:border-accent"
      >
        <GrowingTextarea
          name="message"
          aria-label={t`Message`}
          placeholder={t`Ask anything`}
          enterKeyHint="send"
          autoComplete="off"
          value={text}
          aria-invalid={tooLong || undefined}
          onChange={({ target }) => {
            setText(target.value);
            setWaits(false);
          }}
          onKeyDown={onKeyDown}
          className="my-2.5 max-h-[40dvh] min-w-0 flex-1 ps-4.5 outline-none placeholder:text-quiet touch:my-3.5"
        />
        {busy ? (
          <Tooltip label={t`Stop`}>
            <button
              type="button"
              aria-label={t`Stop`}
              disabled={stopping}
              onClick={onStop}
              className={roundButton}
            >
              <Square className="size-3.5 fill-current" />
            </button>
          </Tooltip>
        ) : (
          <Tooltip label={t`Send`} shortcut="Enter">
            <button type="submit" aria-label={t`Send`} disabled={!ready} className={roundButton}>
              <ArrowUp className="size-5 stroke-2" />
            </button>
          </Tooltip>
        )}
      </div>
      <p role="status" className="px-4 text-small text-quiet not-empty:pt-1.5">
        {tooLong && (
          <Trans>
            {i18n.number(content.length)} of at most {i18n.number(longestMessage)} characters. Shorten it to
            send it.
          </Trans>
        )}
        {waits && busy && <Trans>The answer is still being written. Press Stop to ask now.</Trans>}
      </p>
    </form>
  );
}

const roundButton =
  "m-1.75 grid size-9 touch:size-11 shrink-0 place-items-center rounded-full bg-accent text-on-accent transition-colors " +
  "hover:bg-accent-hover disabled:bg-sunken disabled:text-quiet disabled:cursor-default";

/// Saved shortly after each change, and at once when the page may go away.
function useSavedDraft(chatId: string | undefined, text: string) {
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
    const timer = setTimeout(() => drafts()?.write(chatId, text), 200);
    return () => clearTimeout(timer);
  }, [chatId, text]);
  useEffect(() => {
    const save = () => drafts()?.write(chatId, latest.current);
    addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", save);
    return () => {
      removeEventListener("pagehide", save);
      document.removeEventListener("visibilitychange", save);
      save();
    };
  }, [chatId]);
}

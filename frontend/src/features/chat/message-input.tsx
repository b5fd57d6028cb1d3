import { useLingui } from "@lingui/react/macro";
import { ArrowUp, CornerDownLeft, Mic, Square } from "lucide-react";
import {
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { endsComposition } from "@/lib/keys";
import { lateModule } from "@/lib/late-module";
import { classNames } from "@/ui/class-names";
import { GrowingTextarea } from "@/ui/growing-textarea";
import { IconButton } from "@/ui/icon-button";
import { Tooltip } from "@/ui/tooltip";
import { canDictate } from "./dictation";
import { type Box, boxWith, type Remarks, withGiven, withRemarks } from "./message-box";
import { lengthOf, longestMessage } from "./message-length";
import { MessageNote } from "./message-note";
import { recalledBy } from "./prompt-history";
import { tellTyping } from "./typing-elsewhere";
import { useDictation } from "./use-dictation";
import { useBoxDraft, useSavedDraft } from "./use-draft";
import { useDroppedFiles } from "./use-dropped-files";

const loadTextFiles = lateModule(() => import("./text-files"));

export interface MessageInputHandle {
  /// Puts a text into the box, after what is there.
  give: (text: string) => void;
  /// Where that calls no keyboard onto the screen.
  focus: () => void;
}

const hasKeys = () => matchMedia("(hover: hover)").matches;

interface MessageInputProps {
  chatId: string | undefined;
  /// What was asked in this chat, oldest first.
  questions: readonly string[];
  /// An answer is being written: the button stops it, and what is typed waits.
  busy: boolean;
  stopping: boolean;
  onSend: (content: string) => void;
  onStop: () => void;
  ref?: Ref<MessageInputHandle>;
}

export function MessageInput({ chatId, questions, busy, stopping, onSend, onStop, ref }: MessageInputProps) {
  const { t } = useLingui();
  const draft = useBoxDraft(chatId);
  const [{ text, recalled, remarks }, setBox] = useState(() => boxWith(draft.text));
  const box = useRef<HTMLDivElement>(null);
  const area = () => box.current?.querySelector("textarea");
  // What was asked already is no draft.
  useSavedDraft(draft, chatId, recalled > 0 ? "" : text);
  const dictation = useDictation(text, (said) => setBox(boxWith(said)));
  useEffect(() => {
    // The box appears with its chat; who writes elsewhere by then, as a title, goes on there.
    const writing = document.activeElement instanceof HTMLInputElement;
    if (!writing && hasKeys()) box.current?.querySelector("textarea")?.focus();
  }, []);

  /// Whoever changes the text otherwise has the last word.
  const put = (next: Box | ((now: Box) => Box)) => {
    dictation.drop();
    setBox(next);
  };
  const give = (given: string, remark?: Partial<Remarks>) => {
    put((now) => withGiven(now, given, remark));
    area()?.focus();
  };
  useImperativeHandle(ref, () => ({ give, focus: () => hasKeys() && area()?.focus() }));
  const take = async (files: File[]) => {
    const { text: given, refused } = await (await loadTextFiles()).readFiles(files);
    if (given === "") setBox((now) => withRemarks(now, { refused }));
    else give(given, { refused, pasted: given.length });
  };
  useDroppedFiles((files) => void take(files));

  const content = text.trim();
  const length = lengthOf(content);
  const tooLong = length > longestMessage;
  const ready = content !== "" && !tooLong && !busy;

  const send = () => {
    dictation.drop();
    if (!ready) {
      setBox((now) => withRemarks(now, { waits: busy && content !== "" }));
      return;
    }
    put(boxWith(""));
    draft.save("");
    onSend(content);
    area()?.focus();
  };
  const recall = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart, value } = event.currentTarget;
    const walks = (text === "" || recalled > 0) && selectionStart === value.length;
    const place = walks ? recalledBy(event.key, recalled, questions.length) : null;
    if (place === null || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    put(boxWith(questions[questions.length - place] ?? "", {}, place));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (endsComposition(event.nativeEvent)) return;
    recall(event);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    const { files } = event.clipboardData;
    const pasted = event.clipboardData.getData("text/plain");
    // Programs put a picture of what they copy beside its text.
    if (pasted === "" && files.length > 0) {
      event.preventDefault();
      void take([...files]);
    } else setBox((now) => withRemarks(now, { pasted: pasted.length }));
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
          onChange={({ target, nativeEvent }) => {
            const { inputType } = nativeEvent as InputEvent;
            put(boxWith(target.value, inputType === "insertFromPaste" ? { pasted: remarks.pasted } : {}));
            if (chatId !== undefined && target.value !== "") tellTyping(chatId);
          }}
          onPaste={onPaste}
          onKeyDown={onKeyDown}
          className="my-2.5 max-h-[40dvh] min-w-0 flex-1 ps-4.5 outline-none placeholder:text-quiet touch:my-3.5"
        />
        {text !== "" && (
          <IconButton
            label={t`New line`}
            className="my-1.75 hidden touch:grid"
            // The keyboard of a phone stays as long as the box has the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => {
              area()?.focus();
              document.execCommand("insertText", false, "\n");
            }}
          >
            <CornerDownLeft />
          </IconButton>
        )}
        {canDictate() && (
          <IconButton
            label={dictation.listening ? t`Stop dictation` : t`Dictate`}
            aria-pressed={dictation.listening}
            className={classNames("my-2.25 touch:my-1.75", dictation.listening && "text-accent")}
            onClick={dictation.listening ? dictation.stop : dictation.start}
          >
            <Mic />
          </IconButton>
        )}
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
      <MessageNote
        chatId={chatId}
        length={length}
        waits={remarks.waits && busy}
        dictation={dictation}
        refused={remarks.refused}
        pasted={remarks.pasted}
        recalled={recalled}
      />
    </form>
  );
}

const roundButton =
  "m-1.75 grid size-9 touch:size-11 shrink-0 place-items-center rounded-full bg-accent text-on-accent transition-colors " +
  "hover:bg-accent-hover disabled:bg-sunken disabled:text-quiet disabled:cursor-default";

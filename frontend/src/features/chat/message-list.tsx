import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowDown } from "lucide-react";
import {
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { classNames } from "@/ui/class-names";
import { IconButton } from "@/ui/icon-button";
import type { Row } from "./conversation-rows";
import { preloadMessageMenu } from "./message-actions";
import { MessageBubble } from "./message-bubble";
import type { MessageCommands } from "./message-commands";
import { preloadMarkdown } from "./message-text";
import { Nearness } from "./nearness";
import { useScrollFollow } from "./use-scroll-follow";

/// @returns when messages can be set as they are meant
export function preloadMessageParts(): Promise<void> {
  preloadMessageMenu();
  void document.fonts.load("1em 'JetBrains Mono Variable'");
  return preloadMarkdown();
}

export interface MessageListHandle {
  /// The last question goes to the top edge, and its answer grows below it.
  beginTurn: () => void;
  toEnd: () => void;
}

interface MessageListProps {
  conversation: string;
  rows: Row[];
  busy: boolean;
  commands?: MessageCommands;
  /// Stands below the rows: the wait for an answer, or why there is none.
  end?: ReactNode;
  /// Loads older rows; absent when there are none.
  loadOlder?: () => void;
  /// The same towards the end of the conversation.
  loadNewer?: () => void;
  /// Moves the rows to the end of the conversation, where they do not reach it.
  onEnd?: () => void;
  /// The row that a link led to.
  found?: string;
  /// Another one each time that it did.
  visit?: string;
  className?: string;
  ref?: Ref<MessageListHandle>;
}

const loadAheadPixels = 3_000;
/// How many rows are set at once with a chat that opens, around the place where it does.
const rowsAtOnce = 8;

export function MessageList({
  conversation,
  rows,
  busy,
  commands,
  end,
  loadOlder,
  loadNewer,
  onEnd,
  found,
  visit,
  className,
  ref,
}: MessageListProps) {
  const { t } = useLingui();
  const [nearness] = useState(() => new Nearness());
  const viewport = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const complete = loadNewer === undefined;
  const scroll = useScrollFollow(conversation, { viewport, rows: list, spacer, complete });
  const { toEnd, beginTurn, show } = scroll;
  const atEnd = scroll.atEnd && complete;
  useImperativeHandle(ref, () => ({ beginTurn, toEnd }), [beginTurn, toEnd]);
  useLayoutEffect(() => {
    if (found !== undefined && visit !== undefined) show(found);
  }, [found, visit, show]);
  useMore(viewport, loadOlder, loadNewer);
  const foundAt = found === undefined ? -1 : rows.findIndex(({ key }) => key === found);
  const isFirstSeen = (index: number) =>
    foundAt === -1 ? index >= rows.length - rowsAtOnce : Math.abs(index - foundAt) < rowsAtOnce;

  return (
    // What sticks in it stays below what lies over it.
    <div className={classNames("relative isolate min-h-0 flex-1", className)}>
      <div
        ref={viewport}
        role="log"
        aria-live="off"
        aria-label={t`Conversation`}
        tabIndex={0}
        className="message-viewport h-full overflow-y-auto outline-none"
      >
        <div ref={list} className="flow-root">
          {loadOlder !== undefined && (
            <p className="column py-6 text-center text-base text-quiet">
              <Trans>Loading older messages</Trans>
            </p>
          )}
          {rows.map((row, index) => (
            <MessageBubble
              key={row.key}
              row={row}
              conversation={conversation}
              last={complete && index >= rows.length - 2}
              nearness={nearness}
              startsNear={isFirstSeen(index)}
              found={index === foundAt}
              commands={commands}
              busy={busy}
            />
          ))}
          {loadNewer !== undefined && (
            <p className="column py-6 text-center text-base text-quiet">
              <Trans>Loading newer messages</Trans>
            </p>
          )}
          {end !== undefined && <div className="column message-answer">{end}</div>}
        </div>
        <div ref={spacer} aria-hidden="true" />
        <div aria-hidden="true" className="h-(--below-messages)" />
      </div>
      <div aria-hidden="true" className="scroll-fade pointer-events-none absolute start-0 end-4 top-0 h-4" />
      <div
        className={classNames(
          "pointer-events-none absolute inset-x-0 bottom-(--below-messages) grid justify-items-center transition-opacity",
          atEnd && "opacity-0",
        )}
      >
        <IconButton
          label={t`Go to the end`}
          onClick={complete || onEnd === undefined ? toEnd : onEnd}
          tabIndex={atEnd ? -1 : 0}
          aria-hidden={atEnd}
          className={classNames(
            "mb-3 rounded-full border border-line bg-raised shadow-float",
            !atEnd && "pointer-events-auto",
          )}
        >
          <ArrowDown />
        </IconButton>
      </div>
    </div>
  );
}

function useMore(
  viewport: RefObject<HTMLDivElement | null>,
  loadOlder: (() => void) | undefined,
  loadNewer: (() => void) | undefined,
) {
  useEffect(() => {
    const view = viewport.current;
    if (view === null) return;
    const look = () => {
      const { scrollTop, clientHeight, scrollHeight } = view;
      if (scrollTop < loadAheadPixels) loadOlder?.();
      if (scrollHeight - clientHeight - scrollTop < loadAheadPixels) loadNewer?.();
    };
    look();
    view.addEventListener("scroll", look, { passive: true });
    return () => view.removeEventListener("scroll", look);
  }, [viewport, loadOlder, loadNewer]);
}

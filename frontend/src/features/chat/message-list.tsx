import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowDown } from "lucide-react";
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { classNames } from "@/ui/class-names";
import { IconButton } from "@/ui/icon-button";
import type { Row } from "./conversation-rows";
import { MessageBubble } from "./message-bubble";
import type { MessageCommands } from "./message-commands";
import { useScrollFollow } from "./use-scroll-follow";

export interface MessageListHandle {
  /// The last question goes to the top edge, and its answer grows below it.
  beginTurn: () => void;
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
  className?: string;
  ref?: Ref<MessageListHandle>;
}

const loadAheadPixels = 1_500;

export function MessageList({
  conversation,
  rows,
  busy,
  commands,
  end,
  loadOlder,
  className,
  ref,
}: MessageListProps) {
  const { t } = useLingui();
  const viewport = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const { atEnd, toEnd, beginTurn } = useScrollFollow(conversation, { viewport, rows: list, spacer });
  useImperativeHandle(ref, () => ({ beginTurn }), [beginTurn]);
  useOlder(viewport, loadOlder);

  return (
    <div className={classNames("relative min-h-0 flex-1", className)}>
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
              last={index >= rows.length - 2}
              commands={commands}
              busy={busy}
            />
          ))}
          {end !== undefined && <div className="column message-answer">{end}</div>}
        </div>
        <div ref={spacer} aria-hidden="true" />
        <div aria-hidden="true" className="h-(--below-messages)" />
      </div>
      <div
        className={classNames(
          "pointer-events-none absolute inset-x-0 bottom-(--below-messages) grid justify-items-center transition-opacity",
          atEnd && "opacity-0",
        )}
      >
        <IconButton
          label={t`Go to the end`}
          onClick={toEnd}
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

function useOlder(viewport: { current: HTMLDivElement | null }, loadOlder: (() => void) | undefined) {
  useEffect(() => {
    const view = viewport.current;
    if (view === null || loadOlder === undefined) return;
    const look = () => {
      if (view.scrollTop < loadAheadPixels) loadOlder();
    };
    look();
    view.addEventListener("scroll", look, { passive: true });
    return () => view.removeEventListener("scroll", look);
  }, [viewport, loadOlder]);
}

import { useLingui } from "@lingui/react/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect } from "react";
import type { FoundChat } from "@/api/types";
import { useMediaQuery } from "@/lib/use-media-query";
import type { ChatGroup } from "./chat-groups";
import { ChatSidebarRow } from "./chat-sidebar-row";

export type Line = { kind: "group"; group: ChatGroup } | { kind: "chat"; chat: FoundChat };

interface SidebarLinesProps {
  lines: Line[];
  scroller: { current: HTMLDivElement | null };
  loadMore: (() => void) | undefined;
  /// Called where the list begins.
  onBeginning: (() => void) | undefined;
  currentId: string | undefined;
  onChosen?: () => void;
  onCurrentGone: () => void;
}

/// The lines that are in sight, and a few around them.
export function SidebarLines({
  lines,
  scroller,
  loadMore,
  onBeginning,
  currentId,
  onChosen,
  onCurrentGone,
}: SidebarLinesProps) {
  const touch = useMediaQuery("(pointer: coarse)");
  const rowHeight = touch ? 44 : 36;
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const line = lines[index];
      return line === undefined ? index : line.kind === "chat" ? line.chat.id : line.group;
    },
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const nearEnd = (items.at(-1)?.index ?? 0) >= lines.length - 10;
  useEffect(() => {
    if (nearEnd) loadMore?.();
  }, [nearEnd, loadMore]);
  const beginning = items[0]?.index === 0;
  useEffect(() => {
    if (beginning) onBeginning?.();
  }, [beginning, onBeginning]);

  return (
    <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {items.map(({ key, index, start }) => {
        const line = lines[index];
        if (line === undefined) return null;
        return (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            className="absolute inset-x-0"
            style={{ transform: `translateY(${start}px)` }}
          >
            {line.kind === "group" ? (
              <GroupName group={line.group} />
            ) : (
              <ChatSidebarRow
                chat={line.chat}
                current={line.chat.id === currentId}
                onChosen={onChosen}
                onGone={line.chat.id === currentId ? onCurrentGone : undefined}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function GroupName({ group }: { group: ChatGroup }) {
  const { t } = useLingui();
  const names: Record<ChatGroup, string> = {
    pinned: t`Pinned`,
    today: t`Today`,
    yesterday: t`Yesterday`,
    week: t`Last seven days`,
    month: t`Last thirty days`,
    older: t`Older`,
  };
  return (
    <h2 className="flex h-9 items-end px-2.5 pb-1.5 text-small font-medium text-quiet">{names[group]}</h2>
  );
}

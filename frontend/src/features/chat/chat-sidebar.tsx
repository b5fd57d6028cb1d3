import { Trans, useLingui } from "@lingui/react/macro";
import { Archive, ArrowLeft, Search, SquarePen, X } from "lucide-react";
import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from "react";
import { Link } from "react-router";
import type { FoundChat } from "@/api/types";
import { lateModule } from "@/lib/late-module";
import { useDebounce } from "@/lib/use-debounce";
import { useToday } from "@/lib/use-today";
import { classNames } from "@/ui/class-names";
import { IconButton } from "@/ui/icon-button";
import { Mark } from "@/ui/mark";
import { NotLoaded } from "@/ui/not-loaded";
import { Skeleton } from "@/ui/skeleton";
import { inputClass } from "@/ui/text-field";
import { groupChats } from "./chat-groups";
import { forgetTail, heldPages, useChats } from "./chat-queries";
import type { Line } from "./sidebar-lines";

interface ChatSidebarProps {
  currentId: string | undefined;
  onNewChat: () => void;
  /// What does the same.
  newChatKeys: string;
  /// A chat was chosen; a sheet may close.
  onChosen?: () => void;
  /// The current chat was archived or deleted.
  onCurrentGone: () => void;
  /// The account, at the lower end.
  footer: ReactNode;
  /// Stands at the end of the head: how to close a sheet.
  headEnd?: ReactNode;
}

const loadLines = lateModule(() => import("./sidebar-lines"));
const SidebarLines = lazy(async () => ({ default: (await loadLines()).SidebarLines }));
// It comes beside the list that it will show.
void loadLines();

export function ChatSidebar({
  currentId,
  onNewChat,
  newChatKeys,
  onChosen,
  onCurrentGone,
  footer,
  headEnd,
}: ChatSidebarProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const [archived, setArchived] = useState(false);
  const q = useDebounce(typed.trim(), 200);
  const filter = { archived, q };
  const { chats, data, isPending, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useChats(filter);
  const searching = q !== "";
  const today = useToday();
  const lines = useMemo(() => linesOf(chats, searching, today), [chats, searching, today]);
  const holdsMore = data !== undefined && data.pages.length > heldPages;
  const scroller = useRef<HTMLDivElement>(null);

  return (
    <nav aria-label={t`Chats`} className="flex h-full flex-col pt-[env(safe-area-inset-top)]">
      <div className="flex h-14 items-center gap-1 ps-4 pe-2">
        <Link
          to="/chat"
          onClick={onNewChat}
          className="flex flex-1 items-center gap-2 rounded-control font-semibold"
        >
          <Mark className="size-5.5" />
          Parley
        </Link>
        <IconButton label={t`New chat`} shortcut={newChatKeys} onClick={onNewChat}>
          <SquarePen />
        </IconButton>
        {headEnd}
      </div>
      <search className="relative mx-2 mb-2">
        <Search
          className="pointer-events-none absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-quiet"
          aria-hidden="true"
        />
        <input
          type="search"
          aria-label={t`Search chats`}
          placeholder={t`Search`}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || typed === "") return;
            event.stopPropagation();
            setTyped("");
          }}
          className={classNames(
            inputClass,
            "h-9 touch:h-11 border-transparent! bg-hover! ps-8.5! pe-9 text-base! touch:text-body! [&::-webkit-search-cancel-button]:hidden",
          )}
        />
        {typed !== "" && (
          <div className="absolute inset-y-0 end-0.5 grid place-items-center">
            <IconButton label={t`Clear search`} onClick={() => setTyped("")}>
              <X />
            </IconButton>
          </div>
        )}
      </search>
      {archived && (
        <button
          type="button"
          onClick={() => setArchived(false)}
          className={classNames(plainRow, "font-medium")}
        >
          <ArrowLeft className="size-4" aria-hidden="true" />
          <Trans>Archived chats</Trans>
        </button>
      )}
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-4">
        {isPending ? (
          <ListSkeleton />
        ) : error !== null && chats.length === 0 ? (
          <NotLoaded error={error} onRetry={() => void refetch()}>
            <Trans>Your chats could not be loaded.</Trans>
          </NotLoaded>
        ) : chats.length === 0 ? (
          <p className="px-2 py-3 text-base text-quiet">
            {searching ? (
              <Trans>Nothing was found.</Trans>
            ) : archived ? (
              <Trans>No chat is archived.</Trans>
            ) : (
              <Trans>Your chats will stand here.</Trans>
            )}
          </p>
        ) : (
          <Suspense fallback={<ListSkeleton />}>
            <SidebarLines
              lines={lines}
              scroller={scroller}
              loadMore={hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined}
              onBeginning={holdsMore ? () => forgetTail(filter) : undefined}
              currentId={currentId}
              onChosen={onChosen}
              onCurrentGone={onCurrentGone}
            />
          </Suspense>
        )}
      </div>
      {!archived && (
        <button type="button" onClick={() => setArchived(true)} className={plainRow}>
          <Archive className="size-4" aria-hidden="true" />
          {searching ? <Trans>Search the archive</Trans> : <Trans>Archived</Trans>}
        </button>
      )}
      <div className="p-2 pb-[calc(env(safe-area-inset-bottom)+0.5rem)]">{footer}</div>
    </nav>
  );
}

const plainRow =
  "mx-2 flex min-h-9 touch:min-h-11 items-center gap-2.5 rounded-control px-2.5 text-base text-quiet transition-colors hover:bg-hover hover:text-text";

function linesOf(chats: FoundChat[], searching: boolean, today: Date): Line[] {
  if (searching) return chats.map((chat) => ({ kind: "chat", chat }));
  return groupChats(chats, today).flatMap(({ group, chats: members }): Line[] => [
    { kind: "group", group },
    ...members.map((chat): Line => ({ kind: "chat", chat })),
  ]);
}

function ListSkeleton() {
  return (
    <div role="status" className="grid gap-4 px-2.5 pt-4">
      <span className="sr-only">
        <Trans>Loading chats</Trans>
      </span>
      {["w-4/5", "w-3/5", "w-11/12", "w-2/3", "w-3/4"].map((width) => (
        <Skeleton key={width} className={`h-5 ${width}`} />
      ))}
    </div>
  );
}

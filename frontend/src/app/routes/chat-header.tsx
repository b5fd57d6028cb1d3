import { Trans, useLingui } from "@lingui/react/macro";
import { Menu, MessageCircleDashed, SlidersHorizontal, SquarePen } from "lucide-react";
import { useChat } from "@/features/chat/chat-queries";
import { useFreshOpening } from "@/features/chat/fresh-opening";
import { changeOpening } from "@/features/chat/opening";
import { IconButton } from "@/ui/icon-button";
import { showOverlay } from "../overlays";
import { sidebarToggle } from "../sidebar-shown";

interface ChatHeaderProps {
  chatId: string | undefined;
  /// The list of chats stands beside the page, and says where one is.
  beside: boolean;
  /// Shows the list of chats.
  onChats: () => void;
  onNewChat: () => void;
}

export function ChatHeader({ chatId, beside, onChats, onNewChat }: ChatHeaderProps) {
  const { t } = useLingui();
  const { data: chat } = useChat(chatId);
  const opening = useFreshOpening();
  return (
    <header className="box-content flex h-13 shrink-0 items-center gap-1 px-1.5 pt-[env(safe-area-inset-top)]">
      {!beside && (
        <IconButton id={sidebarToggle} label={t`Chats`} onClick={onChats}>
          <Menu />
        </IconButton>
      )}
      <p dir="auto" className="min-w-0 flex-1 truncate px-1 text-center font-medium">
        {beside || chatId === undefined ? "" : (chat?.title ?? "")}
      </p>
      {chatId === undefined && <TemporarySwitch {...opening} />}
      {chat?.is_temporary && (
        <p className="flex shrink-0 items-center gap-1.5 px-2 text-small text-quiet">
          <MessageCircleDashed className="size-4" aria-hidden="true" />
          <Trans>Temporary</Trans>
        </p>
      )}
      <IconButton
        label={t`Settings of this chat`}
        disabled={chatId === undefined ? opening.settled : chat === undefined}
        onClick={() => showOverlay("chat-settings")}
      >
        <SlidersHorizontal />
      </IconButton>
      {!beside && (
        <IconButton label={t`New chat`} onClick={onNewChat}>
          <SquarePen />
        </IconButton>
      )}
    </header>
  );
}

/// Whether the chat that is about to begin is kept.
function TemporarySwitch({ is_temporary, settled }: ReturnType<typeof useFreshOpening>) {
  const { t } = useLingui();
  return (
    <IconButton
      label={t`Temporary chat`}
      disabled={settled}
      aria-pressed={is_temporary}
      onClick={() => changeOpening({ is_temporary: !is_temporary })}
      className="aria-pressed:bg-hover aria-pressed:text-accent"
    >
      <MessageCircleDashed />
    </IconButton>
  );
}

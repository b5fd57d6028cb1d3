import { Trans, useLingui } from "@lingui/react/macro";
import { Command, Keyboard, PanelLeft, X } from "lucide-react";
import { type ReactNode, useCallback, useMemo } from "react";
import { Link, useLocation, useNavigate, useParams, useSearchParams } from "react-router";
import { AccountMenu } from "@/features/auth/account-menu";
import { ChatContainer } from "@/features/chat/chat-container";
import { useChat } from "@/features/chat/chat-queries";
import { ChatSidebar } from "@/features/chat/chat-sidebar";
import { useUnseenAnswers } from "@/features/chat/unseen-answers";
import type { OpenedAt } from "@/features/chat/use-opened-at";
import { chatAddress } from "@/lib/chat-address";
import { shortcutOf } from "@/lib/keys";
import { useDocumentTitle } from "@/lib/use-document-title";
import { useMediaQuery } from "@/lib/use-media-query";
import { buttonClass } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { MenuItem } from "@/ui/menu";
import { Sheet } from "@/ui/sheet";
import { SkipLink } from "@/ui/skip-link";
import { showOverlay } from "../overlays";
import { shortcuts } from "../shortcuts";
import { sidebarToggle, toggleSidebar, useSidebarShown } from "../sidebar-shown";
import { useNewChat } from "../use-new-chat";
import { useSheetInHistory } from "../use-sheet-in-history";
import { ChatHeader } from "./chat-header";

export function ChatPage() {
  const { t } = useLingui();
  const { chatId } = useParams();
  const navigate = useNavigate();
  const openedAt = useOpenedAt();
  const wide = useMediaQuery("(min-width: 52rem)");
  const beside = useSidebarShown() && wide;
  const sheet = useSheetInHistory();
  useChatTitle(chatId);

  const newChat = useNewChat();

  const onCreated = useCallback(
    (created: string) => {
      // Somebody who has gone elsewhere meanwhile is not called back.
      if (location.pathname.replace(/\/$/, "") === "/chat")
        void navigate(`/chat/${created}`, { replace: true });
    },
    [navigate],
  );

  const forgetMessage = () => {
    if (chatId !== undefined && openedAt !== undefined) void navigate(chatAddress(chatId), { replace: true });
  };

  const sidebar = (headEnd?: ReactNode) => (
    <ChatSidebar
      currentId={chatId}
      onNewChat={() => (wide ? newChat() : sheet.leave(newChat))}
      newChatKeys={shortcutOf(shortcuts.newChat)}
      onCurrentGone={newChat}
      footer={<Account />}
      headEnd={headEnd}
    />
  );

  return (
    <div className="flex h-dvh overflow-hidden">
      <SkipLink to="main" />
      {beside && (
        <div className="w-68 shrink-0 bg-sidebar">
          {sidebar(
            <IconButton
              id={sidebarToggle}
              label={t`Hide the chats`}
              shortcut={shortcutOf(shortcuts.sidebar)}
              onClick={toggleSidebar}
            >
              <PanelLeft className="rtl:-scale-x-100" />
            </IconButton>,
          )}
        </div>
      )}
      {!wide && (
        <Sheet open={sheet.open} title={t`Chats`} onClose={sheet.hide}>
          {sidebar(
            <IconButton label={t`Close`} onClick={sheet.hide}>
              <X />
            </IconButton>,
          )}
        </Sheet>
      )}
      <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
        <ChatContainer
          chatId={chatId}
          onCreated={onCreated}
          onOpen={(id) => void navigate(id === undefined ? "/chat" : chatAddress(id))}
          onNewChat={newChat}
          openedAt={openedAt}
          onMovedOn={forgetMessage}
          header={
            <ChatHeader
              chatId={chatId}
              beside={beside}
              onChats={wide ? toggleSidebar : sheet.show}
              onNewChat={newChat}
            />
          }
          notFound={<ChatNotFound />}
        />
      </main>
    </div>
  );
}

/// The message that the address names.
function useOpenedAt(): OpenedAt | undefined {
  const [search] = useSearchParams();
  const { key } = useLocation();
  const messageId = search.get("message");
  return useMemo(() => (messageId === null ? undefined : { messageId, visit: key }), [messageId, key]);
}

function Account() {
  return (
    <AccountMenu>
      <MenuItem
        icon={<Command />}
        shortcut={shortcutOf(shortcuts.palette)}
        onSelect={() => showOverlay("palette")}
      >
        <Trans>Commands</Trans>
      </MenuItem>
      <MenuItem
        icon={<Keyboard />}
        shortcut={shortcutOf(shortcuts.help)}
        onSelect={() => showOverlay("shortcuts")}
      >
        <Trans>Keyboard shortcuts</Trans>
      </MenuItem>
    </AccountMenu>
  );
}

function ChatNotFound() {
  return (
    <div className="column grid flex-1 content-center">
      <h1 className="text-title font-semibold">
        <Trans>This chat does not exist</Trans>
      </h1>
      <p className="mt-2 text-quiet">
        <Trans>It may have been deleted, or it belongs to another account.</Trans>
      </p>
      <p className="mt-5">
        <Link to="/chat" className={buttonClass("primary")}>
          <Trans>Begin a new chat</Trans>
        </Link>
      </p>
    </div>
  );
}

function useChatTitle(chatId: string | undefined) {
  const { t } = useLingui();
  const { data } = useChat(chatId);
  const unseen = useUnseenAnswers((chats) => chats.size > 0);
  const title = chatId === undefined ? null : data?.title;
  const name = title == null ? "Parley" : `${title} · Parley`;
  useDocumentTitle(unseen ? t`(Answer ready) ${name}` : name);
}

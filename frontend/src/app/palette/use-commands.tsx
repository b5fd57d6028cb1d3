import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import {
  Archive,
  ArchiveRestore,
  Check,
  Cpu,
  Keyboard,
  LogOut,
  MessageCircleDashed,
  Monitor,
  Moon,
  PanelLeft,
  Pencil,
  Pin,
  PinOff,
  Settings,
  SlidersHorizontal,
  SquarePen,
  Sun,
  Trash2,
} from "lucide-react";
import type { ReactNode } from "react";
import { useLocation, useNavigate } from "react-router";
import type { Chat, ThemeChoice } from "@/api/types";
import { modelsQuery, updateChat, useChat, useStandardModel } from "@/features/chat/chat-queries";
import { useFreshOpening } from "@/features/chat/fresh-opening";
import { changeOpening } from "@/features/chat/opening";
import { usePutAway } from "@/features/chat/use-put-away";
import { useSettingsParts } from "@/features/settings/parts";
import { saveProfile } from "@/lib/profile";
import { signOut } from "@/lib/session";
import { useTheme } from "@/lib/theme";
import type { FinderGroup, FinderOption } from "@/ui/finder";
import { KeyCaps } from "@/ui/key-caps";
import { showOverlay } from "../overlays";
import { shortcuts } from "../shortcuts";
import { toggleSidebar } from "../sidebar-shown";
import { useNewChat } from "../use-new-chat";

export interface Command extends FinderOption {
  keywords?: string;
  run: () => unknown;
}

/// All commands that make sense where the palette was called, by what they are about.
export function useCommands(chatId: string | undefined): FinderGroup<Command>[] {
  const { t } = useLingui();
  const { data: chat } = useChat(chatId);
  return [
    { name: t`This chat`, options: useChatCommands(chatId, chat) },
    { name: t`Actions`, options: useActions() },
    { name: t`Model for this chat`, options: useModelCommands(chatId, chat) },
    { name: t`Appearance`, options: useThemeCommands() },
    { name: t`Settings`, options: useSettingsCommands() },
  ];
}

function useActions(): Command[] {
  const { t } = useLingui();
  const newChat = useNewChat();
  return [
    {
      id: "new-chat",
      icon: <SquarePen />,
      label: t`New chat`,
      keywords: t`begin ask`,
      end: <KeyCaps keys={shortcuts.newChat} />,
      run: () => newChat(),
    },
    {
      id: "temporary-chat",
      icon: <MessageCircleDashed />,
      label: t`New temporary chat`,
      keywords: t`begin ask private incognito`,
      run: () => newChat({ temporary: true }),
    },
    {
      id: "sidebar",
      icon: <PanelLeft />,
      label: t`Show or hide the chats`,
      keywords: t`sidebar`,
      end: <KeyCaps keys={shortcuts.sidebar} />,
      run: toggleSidebar,
    },
    {
      id: "shortcuts",
      icon: <Keyboard />,
      label: t`Keyboard shortcuts`,
      keywords: t`keys help`,
      end: <KeyCaps keys={shortcuts.help} />,
      run: () => showOverlay("shortcuts"),
    },
    { id: "sign-out", icon: <LogOut />, label: t`Sign out`, keywords: t`log out leave`, run: signOut },
  ];
}

/// A chat that is still to be begun has settings already.
const useIsNewChat = (chatId: string | undefined) =>
  useLocation().pathname.startsWith("/chat") && chatId === undefined;

function useChatCommands(chatId: string | undefined, chat: Chat | undefined): Command[] {
  const { t } = useLingui();
  const newChat = useNewChat();
  const isNew = useIsNewChat(chatId);
  const { settled } = useFreshOpening();
  const putAway = usePutAway();
  const settings: Command = {
    id: "chat-settings",
    icon: <SlidersHorizontal />,
    label: t`Settings of this chat`,
    keywords: t`temperature tokens system prompt memory model`,
    run: () => showOverlay("chat-settings"),
  };
  if (chat === undefined) return isNew && !settled ? [settings] : [];
  const archive = () => {
    if (!chat.is_archived) newChat();
    return putAway.archive(chat);
  };
  const remove = () => {
    newChat();
    return putAway.remove(chat);
  };
  // A temporary chat is in no list: neither at its top nor in the archive.
  const keeping: Command[] = [
    {
      id: "pin",
      icon: chat.is_pinned ? <PinOff /> : <Pin />,
      label: chat.is_pinned ? t`Unpin the chat` : t`Pin the chat`,
      run: () => updateChat(chat, { is_pinned: !chat.is_pinned }),
    },
    {
      id: "archive",
      icon: chat.is_archived ? <ArchiveRestore /> : <Archive />,
      label: chat.is_archived ? t`Unarchive the chat` : t`Archive the chat`,
      run: archive,
    },
  ];
  return [
    {
      id: "rename",
      icon: <Pencil />,
      label: t`Rename the chat`,
      keywords: t`title`,
      run: () => showOverlay("rename"),
    },
    ...(chat.is_temporary ? [] : keeping),
    settings,
    { id: "delete", icon: <Trash2 />, label: t`Delete the chat`, keywords: t`remove`, run: remove },
  ];
}

function useModelCommands(chatId: string | undefined, chat: Chat | undefined): Command[] {
  const { data: models = [] } = useQuery(modelsQuery);
  const standard = useStandardModel();
  const opening = useFreshOpening();
  const settings = useIsNewChat(chatId) && !opening.settled ? opening.settings : chat?.settings;
  if (settings === undefined || models.length < 2) return [];
  const present = settings.model ?? standard?.id;
  return models.map(({ id, name, provider }) => ({
    id: `model-${id.replace(/\s/g, "-")}`,
    icon: <Cpu />,
    label: name,
    keywords: provider,
    end: id === present && <Check />,
    run: () =>
      chat === undefined
        ? changeOpening({ settings: { ...settings, model: id } })
        : updateChat(chat, { settings: { model: id } }),
  }));
}

function useThemeCommands(): Command[] {
  const { t } = useLingui();
  const { theme, setTheme } = useTheme();
  const themes: [ThemeChoice, string, ReactNode][] = [
    ["light", t`Light theme`, <Sun key="light" />],
    ["dark", t`Dark theme`, <Moon key="dark" />],
    ["system", t`The system's theme`, <Monitor key="system" />],
  ];
  return themes.map(([choice, label, icon]) => ({
    id: `theme-${choice}`,
    icon,
    label,
    keywords: t`appearance colour color mode`,
    end: theme === choice && <Check />,
    run: () => {
      setTheme(choice);
      return saveProfile({ preferences: { theme: choice } });
    },
  }));
}

function useSettingsCommands(): Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return useSettingsParts().map(({ part, title }) => ({
    id: `settings-${part}`,
    icon: <Settings />,
    label: title,
    keywords: t`settings`,
    run: () => navigate(`/settings/${part}`),
  }));
}

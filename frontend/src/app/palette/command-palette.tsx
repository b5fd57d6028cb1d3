import { useLingui } from "@lingui/react/macro";
import { MessageSquare } from "lucide-react";
import { useRef, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useChats } from "@/features/chat/chat-queries";
import { Snippet } from "@/features/chat/snippet";
import { chatAddress } from "@/lib/chat-address";
import { useDebounce } from "@/lib/use-debounce";
import { Finder } from "@/ui/finder";
import { useAttempt } from "@/ui/use-attempt";
import { closeOverlay } from "../overlays";
import { find } from "./find";
import { type Command, useCommands } from "./use-commands";

const mostChats = 8;
const recentChats = 5;

/// Everything that can be done and every chat that can be opened, by typing a part of its name.
export function CommandPalette() {
  const { t } = useLingui();
  const attempt = useAttempt();
  const { chatId } = useParams();
  const [text, setText] = useState("");
  const next = useRef<(() => void) | null>(null);
  const query = text.trim();
  const groups = useCommands(chatId).map(({ name, options }) => ({
    name,
    options: find(options, query),
  }));
  const chats = useFoundChats(query);
  const found = { name: query === "" ? t`Recent chats` : t`Chats`, options: chats.options };

  const choose = (command: Command) => {
    // What runs may move the focus, so it waits until the focus is back.
    next.current = command.run;
    closeOverlay();
  };
  const closed = () => void attempt(Promise.resolve(next.current?.()));

  return (
    <Finder
      title={t`Search chats and commands`}
      placeholder={t`Search chats and commands`}
      text={text}
      onText={setText}
      groups={query === "" ? [found, ...groups] : [...groups, found]}
      empty={chats.searching ? t`Searching` : t`Nothing was found.`}
      onChoose={choose}
      onClose={closeOverlay}
      onClosed={closed}
    />
  );
}

function useFoundChats(query: string) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const q = useDebounce(query, 150);
  const { chats, isFetching, isPlaceholderData } = useChats({ archived: false, q });
  const current = q === query && !isPlaceholderData;
  const shown = current ? chats.slice(0, query === "" ? recentChats : mostChats) : [];
  const options = shown.map(
    (chat): Command => ({
      id: `chat-${chat.id}`,
      icon: <MessageSquare />,
      label: chat.title ?? t`Untitled`,
      detail: chat.message_id == null ? undefined : <Snippet html={chat.snippet ?? ""} />,
      run: () => navigate(chatAddress(chat.id, chat.message_id)),
    }),
  );
  return { options, searching: !current || isFetching };
}

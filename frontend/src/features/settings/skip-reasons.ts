import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { ChatImport } from "@/api/types";

type Skipped = ChatImport["skipped"][number];

/// Why something of a file was not taken over, in a sentence.
export function useSkipReasons() {
  const { t } = useLingui();
  return ({ reason, count }: Skipped): string => {
    switch (reason) {
      case "already_imported":
        return t`${plural(count, { one: "# chat is here already", other: "# chats are here already" })}.`;
      case "empty":
        return t`Nobody says anything in ${plural(count, { one: "# chat", other: "# chats" })}.`;
      case "temporary":
        return t`${plural(count, { one: "# chat was temporary", other: "# chats were temporary" })}.`;
      case "too_large":
        return t`${plural(count, { one: "# chat is", other: "# chats are" })} larger than a chat can be.`;
      case "message_too_long":
        return t`${plural(count, { one: "# message is", other: "# messages are" })} longer than a message can be.`;
      case "attachment":
        return t`${plural(count, { one: "# image or file was", other: "# images or files were" })} left out.`;
      case "unreadable":
        return t`${plural(count, { one: "# file of the archive is", other: "# files of the archive are" })} damaged.`;
      case "not_storable":
        return t`${plural(count, { one: "# chat has", other: "# chats have" })} something in it that cannot be stored.`;
    }
  };
}

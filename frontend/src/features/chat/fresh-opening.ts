import { useConversation } from "./conversation";
import { type Opening, useOpening } from "./opening";
import { useUnsent } from "./unsent";

/// What the new chat on the screen is created with. A question that waits in it, or is on its way, has settled that.
export function useFreshOpening(): Opening & { settled: boolean } {
  const conversation = useConversation(undefined);
  const chosen = useOpening();
  const settled = useUnsent(
    ({ questions }) =>
      questions.find((one) => one.chatId === null && one.conversation === conversation)?.opening,
  );
  return { ...(settled ?? chosen), settled: settled !== undefined };
}

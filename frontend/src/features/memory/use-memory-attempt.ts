import { useAttempt } from "@/ui/use-attempt";
import { refetchMemories } from "./memory-queries";

/// Changes memories: all that shows them follows.
export function useMemoryAttempt() {
  const attempt = useAttempt();
  return (work: Promise<unknown>) => attempt(work).finally(() => void refetchMemories());
}

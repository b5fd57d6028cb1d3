import { useLingui } from "@lingui/react/macro";
import { toast } from "@/ui/toast";
import { refetchMemories } from "./memory-queries";

/// Changes memories: all that shows them follows, and what does not work is said.
export function useAttempt() {
  const { t } = useLingui();
  return (work: Promise<unknown>) =>
    work
      .catch((error: unknown) => toast(error instanceof Error ? error.message : t`That did not work.`))
      .finally(() => void refetchMemories());
}

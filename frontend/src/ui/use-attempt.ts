import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";
import { toast } from "./toast";

/// Waits for work that a person began and watches no further; says it when that fails. It never rejects.
export function useAttempt() {
  const { t } = useLingui();
  return useCallback(
    async (work: Promise<unknown>) => {
      try {
        await work;
      } catch (error) {
        toast(error instanceof Error ? error.message : t`That did not work.`);
      }
    },
    [t],
  );
}

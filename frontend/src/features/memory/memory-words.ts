import { useLingui } from "@lingui/react/macro";
import type { MemoryChange, MemoryKind, MemoryStatus } from "@/api/types";

/// What the server's words are called.
export function useMemoryWords() {
  const { t } = useLingui();
  const kinds: Record<MemoryKind, string> = {
    fact: t`Fact`,
    preference: t`Preference`,
    event: t`Event`,
    plan: t`Plan`,
    instruction: t`Instruction`,
  };
  const statuses: Record<MemoryStatus, string> = {
    active: t`Current`,
    pending: t`To review`,
    superseded: t`Past`,
    rejected: t`Refused`,
  };
  const changes: Record<MemoryChange["event"], string> = {
    ADD: t`Remembered`,
    UPDATE: t`Changed`,
    SUPERSEDE: t`Became past`,
    MERGE: t`Said again`,
  };
  return { kinds, statuses, changes };
}

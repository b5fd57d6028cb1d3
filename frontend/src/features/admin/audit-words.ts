import { useLingui } from "@lingui/react/macro";

/// What was done, by the name that the log has for it.
export function useAuditWords(): Record<string, string> {
  const { t } = useLingui();
  return {
    "account.created": t`Account created`,
    "account.deleted": t`Account deleted`,
    "account.disabled": t`Account disabled`,
    "account.enabled": t`Account enabled`,
    "account.staff_given": t`Made an operator`,
    "account.staff_taken": t`Operator's role taken away`,
    "account.signed_out": t`Signed out on all devices`,
    "session.begun": t`Signed in`,
    "password.changed": t`Password changed`,
    "job.retried": t`Work tried again`,
    "job.dismissed": t`Work left undone`,
  };
}

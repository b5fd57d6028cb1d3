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
    "chats.expired": t`Old chats deleted`,
    "session.begun": t`Signed in`,
    "identity.linked": t`Sign-in elsewhere connected`,
    "identity.unlinked": t`Sign-in elsewhere disconnected`,
    "passkey.added": t`Passkey added`,
    "passkey.removed": t`Passkey removed`,
    "passkey.copied": t`Copied passkey refused`,
    "password.changed": t`Password changed`,
    "password.reset": t`Password replaced by a link`,
    "password.link_made": t`Link to a new password made`,
    "second_factor.enabled": t`Second factor turned on`,
    "second_factor.disabled": t`Second factor turned off`,
    "second_factor.codes_renewed": t`New recovery codes`,
    "second_factor.removed": t`Second factor removed`,
    "key.made": t`API key made`,
    "key.deleted": t`API key deleted`,
    "quota.set": t`Quota set`,
    "quota.cleared": t`Quota taken away`,
    "provider.added": t`Provider of models added`,
    "provider.changed": t`Provider of models changed`,
    "provider.removed": t`Provider of models removed`,
    "provider.enabled": t`Provider of models turned on`,
    "provider.disabled": t`Provider of models turned off`,
    "model.changed": t`Model's limits changed`,
    "setting.changed": t`Setting changed`,
    "setting.reset": t`Setting taken back`,
    "job.retried": t`Work tried again`,
    "job.dismissed": t`Work left undone`,
  };
}

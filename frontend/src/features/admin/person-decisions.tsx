import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { changeAccount, signOutEverywhere } from "@/api/admin";
import type { Account } from "@/api/types";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Notice } from "@/ui/notice";
import { toast } from "@/ui/toast";
import { refetchAdmin } from "./admin-queries";
import { ResetLink } from "./reset-link";
import { VoidWaysIn } from "./void-ways-in";

/// What an operator can do about somebody's account.
export function PersonDecisions({ account }: { account: Account }) {
  const { t } = useLingui();
  const [keysToo, setKeysToo] = useState(false);
  const { is_active, is_staff } = account;
  const staff = useDecision(() => changeAccount(account.id, { is_staff: !is_staff }));
  const signOut = useDecision(async () => {
    await signOutEverywhere(account.id, { delete_keys: keysToo });
    toast(t`They are signed out everywhere.`);
    setKeysToo(false);
  });
  const active = useDecision(async () => {
    await changeAccount(account.id, { is_active: !is_active, delete_keys: is_active && keysToo });
    setKeysToo(false);
  });
  const error = active.error ?? staff.error ?? signOut.error;
  return (
    <div className="grid justify-items-start gap-3">
      <Button busy={staff.busy} onClick={() => void staff.run()}>
        {is_staff ? <Trans>Take the operator's role away</Trans> : <Trans>Make an operator</Trans>}
      </Button>
      {is_active && (
        <>
          <ResetLink account={account} keysToo={keysToo} onMade={() => setKeysToo(false)} />
          <Button busy={signOut.busy} onClick={() => void signOut.run()}>
            <Trans>Sign out on all devices</Trans>
          </Button>
        </>
      )}
      <VoidWaysIn account={account} />
      <Button look={is_active ? "danger" : "plain"} busy={active.busy} onClick={() => void active.run()}>
        {is_active ? <Trans>Disable the account</Trans> : <Trans>Enable the account</Trans>}
      </Button>
      {is_active && (
        <Checkbox
          checked={keysToo}
          onChange={setKeysToo}
          hint={<Trans>With a link, a sign-out or a disabled account. Otherwise the keys stay.</Trans>}
        >
          <Trans>Delete their API keys too</Trans>
        </Checkbox>
      )}
      {error !== null && <Notice>{error.message}</Notice>}
    </div>
  );
}

/// Everything that shows accounts follows.
const useDecision = (decide: () => Promise<unknown>) =>
  useSaving(async () => {
    await decide();
    await refetchAdmin();
  });

import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { voidWaysIn } from "@/api/admin";
import type { Account } from "@/api/types";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { toast } from "@/ui/toast";
import { refetchAdmin } from "./admin-queries";

/// For an account that somebody else got into.
export function VoidWaysIn({ account }: { account: Account }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const { busy, error, run } = useSaving(async () => {
    await voidWaysIn(account.id);
    setAsking(false);
    toast(
      account.is_active
        ? t`Nothing opens this account now. Make a link to a new password.`
        : t`Nothing opens this account now. Enable it, then make a link to a new password.`,
    );
    await refetchAdmin();
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <Trans>Void all ways in</Trans>
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t`Void all ways in`}
        description={t`For when somebody else got into this account. The password of ${account.email}, their second factor, passkeys, connected providers, API keys and links are void at once, and every device is signed out. Then they need a link to a new password.`}
      >
        {error !== null && <Notice className="mb-4">{error.message}</Notice>}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={() => setAsking(false)}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="danger" busy={busy} onClick={() => void run()}>
            <Trans>Void them</Trans>
          </Button>
        </div>
      </Dialog>
    </>
  );
}

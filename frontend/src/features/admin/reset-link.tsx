import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { makeResetLink } from "@/api/admin";
import type { Account } from "@/api/types";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { ShownOnce } from "@/ui/shown-once";
import { refetchAdmin } from "./admin-queries";
import { reachable } from "./reachable";

interface ResetLinkProps {
  account: Account;
  keysToo: boolean;
  onMade: () => void;
}

/// A link with which somebody who has forgotten their password chooses a new one.
export function ResetLink({ account, keysToo, onMade }: ResetLinkProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const close = () => {
    setOpen(false);
    setLink(null);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Trans>Link to a new password</Trans>
      </Button>
      <Dialog
        open={open}
        onClose={link === null ? close : undefined}
        title={link === null ? t`Make a link to a new password` : t`Keep this link now`}
        description={
          link === null
            ? t`Whoever opens it within an hour chooses a new password for ${account.email}, once. Every device is signed out then.`
            : t`It is shown this once. Hand it over by a way that only ${account.email} reads.`
        }
      >
        {link === null ? (
          <Wish
            account={account}
            keysToo={keysToo}
            onMade={(made) => {
              setLink(made);
              onMade();
            }}
            onCancel={close}
          />
        ) : (
          <ShownOnce label={t`The link`} value={link} copyLabel={t`Copy the link`} onKept={close} />
        )}
      </Dialog>
    </>
  );
}

interface WishProps {
  account: Account;
  keysToo: boolean;
  onMade: (link: string) => void;
  onCancel: () => void;
}

function Wish({ account, keysToo, onMade, onCancel }: WishProps) {
  const [withoutFactor, setWithoutFactor] = useState(false);
  const { busy, error, run } = useSaving(async () => {
    const { link } = await makeResetLink(account.id, {
      without_second_factor: withoutFactor,
      delete_keys: keysToo,
    });
    onMade(reachable(link, window.location.origin));
    await refetchAdmin();
  });
  return (
    <div className="grid gap-5">
      <Checkbox
        checked={withoutFactor}
        onChange={setWithoutFactor}
        hint={<Trans>For somebody who has lost phone and recovery codes. Be sure who is asking.</Trans>}
      >
        <Trans>Take their second factor away too</Trans>
      </Checkbox>
      {keysToo && (
        <p className="text-quiet">
          <Trans>Their API keys are deleted at once.</Trans>
        </p>
      )}
      {error !== null && <Notice>{error.message}</Notice>}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
        <Button look="primary" busy={busy} onClick={() => void run()}>
          <Trans>Make the link</Trans>
        </Button>
      </div>
    </div>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Passkey } from "@/api/types";
import { removePasskey } from "@/api/ways-in";
import { hasPasskeys } from "@/lib/passkeys";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { NotLoaded } from "@/ui/not-loaded";
import { Notice } from "@/ui/notice";
import { NewPasskeyDialog } from "./new-passkey-dialog";
import { refreshWaysIn, waysInQuery } from "./ways-in-query";

/// What devices keep to sign in with.
export function Passkeys() {
  const { data: waysIn, error, refetch } = useQuery(waysInQuery);
  const [adding, setAdding] = useState(false);
  const passkeys = waysIn?.passkeys ?? [];
  return (
    <>
      <p className="text-quiet">
        <Trans>
          A passkey signs you in with your fingerprint, your face or the PIN of your device: no password, and
          no code after it.
        </Trans>
      </p>
      {passkeys.length > 0 && (
        <ul className="grid gap-4">
          {passkeys.map((passkey) => (
            <Line key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {waysIn === undefined && error !== null && (
        <NotLoaded error={error} onRetry={() => void refetch()}>
          <Trans>Your passkeys could not be loaded.</Trans>
        </NotLoaded>
      )}
      {hasPasskeys() ? (
        <div>
          <Button onClick={() => setAdding(true)}>
            <Trans>New passkey</Trans>
          </Button>
        </div>
      ) : (
        <p className="text-quiet">
          <Trans>This browser has none at this address: they need https and a name.</Trans>
        </p>
      )}
      <NewPasskeyDialog open={adding} onClose={() => setAdding(false)} />
    </>
  );
}

function Line({ passkey }: { passkey: Passkey }) {
  const { t, i18n } = useLingui();
  const [asking, setAsking] = useState(false);
  const { busy, error, run } = useSaving(async () => {
    await removePasskey(passkey.id);
    await refreshWaysIn();
  });
  const { name, last_used_at, is_copied } = passkey;
  const used =
    last_used_at === null ? null : i18n.date(last_used_at, { dateStyle: "medium", timeStyle: "short" });
  const added = i18n.date(passkey.created_at, { dateStyle: "medium" });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="me-auto min-w-0 break-words">
        {name}
        <span className="block text-small text-quiet tabular-nums">
          {t`Added ${added}`} · {used === null ? t`Never used` : t`Last used ${used}`}
          {is_copied && ` · ${t`On several devices`}`}
        </span>
      </p>
      <Button onClick={() => setAsking(true)} aria-label={t`Remove the passkey ${name}`}>
        <Trans>Remove</Trans>
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t`Remove this passkey`}
        description={t`“${name}” will not sign you in any more. Your device may show it until you delete it there too.`}
      >
        {error !== null && <Notice className="mb-4">{error.message}</Notice>}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={() => setAsking(false)}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="danger" busy={busy} onClick={() => void run()}>
            <Trans>Remove passkey</Trans>
          </Button>
        </div>
      </Dialog>
    </li>
  );
}

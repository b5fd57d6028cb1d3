import { Trans } from "@lingui/react/macro";
import { hasPasskeys, signInWithPasskey } from "@/lib/passkeys";
import { enter } from "@/lib/session";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/// Signing in with what a device keeps, in browsers that have it here.
export function PasskeyButton() {
  const { busy, error, run } = useSaving(async () => enter(await signInWithPasskey()));
  if (!hasPasskeys()) return null;
  return (
    <>
      {error !== null && <Notice>{error.message}</Notice>}
      <Button busy={busy} onClick={() => void run()} className="min-h-11">
        <Trans>Use a passkey</Trans>
      </Button>
    </>
  );
}

import { Trans } from "@lingui/react/macro";
import { hasPasskeys, signInWithPasskey } from "@/lib/passkeys";
import { enter } from "@/lib/session";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { refreshWaysIn } from "./ways-in-query";

/// Signing in anew without leaving the page.
export function PasskeyAgain() {
  const { busy, error, run } = useSaving(async () => {
    enter(await signInWithPasskey());
    await refreshWaysIn();
  });
  if (!hasPasskeys()) return null;
  return (
    <>
      {error !== null && <Notice>{error.message}</Notice>}
      <div>
        <Button busy={busy} onClick={() => void run()}>
          <Trans>Use a passkey</Trans>
        </Button>
      </div>
    </>
  );
}

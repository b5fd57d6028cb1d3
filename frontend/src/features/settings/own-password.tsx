import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { TextField } from "@/ui/text-field";
import { PasskeyAgain } from "./passkey-again";
import { ToProvider } from "./to-provider";
import { waysInQuery } from "./ways-in-query";

/// That it is still the account's owner: their password, or, for who has none, having signed in just now.
export function OwnPassword({ error }: { error: string | null }) {
  const { t } = useLingui();
  const { data: waysIn } = useQuery(waysInQuery);
  if (waysIn === undefined || waysIn.password) {
    return (
      <TextField
        label={t`Your password`}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={error}
      />
    );
  }
  if (waysIn.fresh) {
    return (
      <p className="text-quiet">
        <Trans>You have no password yet. That you signed in within the last ten minutes is enough.</Trans>
      </p>
    );
  }
  return (
    <>
      <p className="text-quiet">
        <Trans>You have no password yet. Sign in again first: then you have ten minutes for this.</Trans>
      </p>
      {waysIn.passkeys.length > 0 && <PasskeyAgain />}
      {waysIn.identities.length > 0 && <ToProvider afresh />}
    </>
  );
}

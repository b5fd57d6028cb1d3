import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { LinkedIdentity } from "@/api/types";
import { unlinkIdentity } from "@/api/ways-in";
import { entranceQuery } from "@/lib/entrance";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { ToProvider } from "./to-provider";
import { refreshWaysIn, waysInQuery } from "./ways-in-query";

/// Signing in with the OpenID provider, where there is one.
export function Identities() {
  const { data: waysIn } = useQuery(waysInQuery);
  const { data: entrance } = useQuery(entranceQuery);
  const provider = entrance?.provider ?? null;
  const identities = waysIn?.identities ?? [];
  if (identities.length === 0 && provider === null) return null;
  return (
    <div className="grid gap-3">
      {identities.map((identity) => (
        <Identity key={identity.id} identity={identity} />
      ))}
      {identities.length === 0 && (
        <>
          <p className="text-quiet">
            <Trans>
              With {provider} you can sign in without this password, if your email is the same there.
            </Trans>
          </p>
          <ToProvider />
        </>
      )}
    </div>
  );
}

function Identity({ identity }: { identity: LinkedIdentity }) {
  const { t, i18n } = useLingui();
  const { busy, error, run } = useSaving(async () => {
    await unlinkIdentity(identity.id);
    await refreshWaysIn();
  });
  const host = new URL(identity.issuer).host;
  const used = i18n.date(identity.last_used_at, { dateStyle: "medium", timeStyle: "short" });
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="me-auto min-w-0 break-words">
        {host}
        <span className="block text-small text-quiet tabular-nums">
          {identity.email} · {t`Last used ${used}`}
        </span>
      </p>
      <Button busy={busy} onClick={() => void run()} aria-label={t`Disconnect ${host}`}>
        <Trans>Disconnect</Trans>
      </Button>
      {error !== null && <Notice className="basis-full">{error.message}</Notice>}
    </div>
  );
}

import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "react-router";
import { beginAtProvider } from "@/api/ways-in";
import { entranceQuery } from "@/lib/entrance";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/// The way to the OpenID provider, and back here.
///
/// @param afresh to show who one is again, and not to connect the account
export function ToProvider({ afresh = false }: { afresh?: boolean }) {
  const { pathname } = useLocation();
  const { data: entrance } = useQuery(entranceQuery);
  const { busy, saved, error, run } = useSaving(async () => {
    location.assign(await beginAtProvider(pathname, afresh));
  });
  const provider = entrance?.provider ?? null;
  if (provider === null) return null;
  return (
    <>
      {error !== null && <Notice>{error.message}</Notice>}
      <div>
        <Button busy={busy || saved} onClick={() => void run()}>
          {afresh ? <Trans>Continue with {provider}</Trans> : <Trans>Connect with {provider}</Trans>}
        </Button>
      </div>
    </>
  );
}

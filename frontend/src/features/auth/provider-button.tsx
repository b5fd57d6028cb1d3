import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { beginAtProvider } from "@/api/ways-in";
import { entranceQuery } from "@/lib/entrance";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/// The way to the OpenID provider, where one is set.
export function ProviderButton({ next }: { next: string }) {
  const { data: entrance } = useQuery(entranceQuery);
  const { busy, saved, error, run } = useSaving(async () => {
    location.assign(await beginAtProvider(next, false));
  });
  const provider = entrance?.provider ?? null;
  if (provider === null) return null;
  return (
    <>
      {error !== null && <Notice>{error.message}</Notice>}
      <Button busy={busy || saved} onClick={() => void run()} className="min-h-11">
        <Trans>Continue with {provider}</Trans>
      </Button>
    </>
  );
}

import { Trans } from "@lingui/react/macro";
import { WifiOff } from "lucide-react";
import { useOnline } from "@/lib/use-online";

/// Says that the network is gone for as long as it is, without covering anything.
export function OfflineNotice() {
  const online = useOnline();
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-[env(safe-area-inset-top)] z-30">
      {!online && (
        <p className="appear mx-auto mt-2 flex w-fit items-center gap-2 rounded-full border border-line bg-raised px-3 py-1 text-small text-quiet shadow-float">
          <WifiOff className="size-3.5" aria-hidden="true" />
          <Trans>You are offline</Trans>
        </p>
      )}
    </div>
  );
}

import { Trans } from "@lingui/react/macro";
import { Check } from "lucide-react";

export function SavedMark({ shown }: { shown: boolean }) {
  return (
    <span role="status" className="inline-flex items-center gap-1.5 text-base text-quiet">
      {shown && (
        <>
          <Check className="appear size-4 text-success" aria-hidden="true" />
          <Trans>Saved</Trans>
        </>
      )}
    </span>
  );
}

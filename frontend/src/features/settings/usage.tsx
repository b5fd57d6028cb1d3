import { Trans, useLingui } from "@lingui/react/macro";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { fetchUsage } from "@/api/usage";
import { NotLoaded } from "@/ui/not-loaded";
import { UsageSpans } from "@/ui/usage-spans";

export const usageQuery = queryOptions({ queryKey: ["usage"], queryFn: fetchUsage });

/// What this person has used, and how much of it they may.
export function Usage() {
  const { t } = useLingui();
  const { data: usage, error, refetch } = useQuery(usageQuery);
  if (usage !== undefined) {
    return (
      <>
        <UsageSpans usage={usage} names={{ day: t`Today`, month: t`This month` }} />
        <p className="text-small text-quiet">
          <Trans>
            What models read and write for you, counted in tokens, about four letters each. Days and months
            begin at midnight (UTC).
          </Trans>
        </p>
      </>
    );
  }
  if (error === null) return null;
  return (
    <NotLoaded error={error} onRetry={() => void refetch()}>
      <Trans>Your usage could not be loaded.</Trans>
    </NotLoaded>
  );
}

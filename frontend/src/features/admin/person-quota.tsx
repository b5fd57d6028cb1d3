import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { clearQuota, type QuotaLimits, setQuota } from "@/api/admin";
import type { OwnUsage } from "@/api/types";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { NotLoaded } from "@/ui/not-loaded";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";
import { TextField } from "@/ui/text-field";
import { UsageSpans } from "@/ui/usage-spans";
import { quotaQuery, refetchAdmin } from "./admin-queries";

/// What somebody has used, and may.
export function PersonQuota({ id }: { id: string }) {
  const { t } = useLingui();
  const { data: usage, error, refetch } = useQuery(quotaQuery(id));
  return (
    <section className="mt-6 border-t border-line pt-6">
      <h3 className="font-semibold">
        <Trans>Usage</Trans>
      </h3>
      <div className="mt-3 grid gap-4">
        {usage !== undefined ? (
          <>
            <UsageSpans usage={usage} names={{ day: t`Today`, month: t`This month` }} />
            <QuotaForm id={id} usage={usage} />
          </>
        ) : error === null ? (
          <Skeleton className="h-28" />
        ) : (
          <NotLoaded error={error} onRetry={() => void refetch()} />
        )}
      </div>
    </section>
  );
}

function QuotaForm({ id, usage }: { id: string; usage: OwnUsage }) {
  const [open, setOpen] = useState(false);
  const clear = useSaving(async () => {
    await clearQuota(id);
    await refetchAdmin();
  });
  if (open) return <Limits id={id} usage={usage} onClose={() => setOpen(false)} />;
  return (
    <div className="grid gap-3">
      <p className="text-small text-quiet">
        {usage.own_quota ? (
          <Trans>These limits are this person's own.</Trans>
        ) : (
          <Trans>What is set for everybody of this role counts.</Trans>
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setOpen(true)}>
          <Trans>Change the quota</Trans>
        </Button>
        {usage.own_quota && (
          <Button busy={clear.busy} onClick={() => void clear.run()}>
            <Trans>As for the role</Trans>
          </Button>
        )}
      </div>
      {clear.error !== null && <Notice>{clear.error.message}</Notice>}
    </div>
  );
}

function Limits({ id, usage, onClose }: { id: string; usage: OwnUsage; onClose: () => void }) {
  const { t } = useLingui();
  const { busy, error, run } = useSaving(async (limits: QuotaLimits) => {
    await setQuota(id, limits);
    await refetchAdmin();
  });
  const { day, month, currency } = usage;
  const fields = [
    { name: "day_tokens", label: t`Tokens a day`, value: day.token_limit, step: "1" },
    { name: "month_tokens", label: t`Tokens a month`, value: month.token_limit, step: "1" },
    { name: "day_cost", label: t`Cost a day (${currency})`, value: day.cost_limit, step: "any" },
    { name: "month_cost", label: t`Cost a month (${currency})`, value: month.cost_limit, step: "any" },
  ] as const;
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const limit = (name: string) => {
      const text = String(typed.get(name) ?? "");
      return text === "" ? null : Number(text);
    };
    const saved = await run({
      day_tokens: limit("day_tokens"),
      month_tokens: limit("month_tokens"),
      day_cost: limit("day_cost"),
      month_cost: limit("month_cost"),
    });
    if (saved) onClose();
  };
  const told = fields.some(({ name }) => error?.field(name) != null);
  return (
    <form onSubmit={(event) => void onSubmit(event)} className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map(({ name, label, value, step }) => (
          <TextField
            key={name}
            type="number"
            min={0}
            step={step}
            label={label}
            name={name}
            defaultValue={value ?? ""}
            placeholder={t`No limit`}
            error={error?.field(name) ?? null}
          />
        ))}
      </div>
      {error !== null && !told && <Notice>{error.message}</Notice>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy}>
          <Trans>Save</Trans>
        </Button>
        <Button look="quiet" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}

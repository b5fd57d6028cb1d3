import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { OwnUsage, UsageSpan } from "@/api/types";
import { classNames } from "./class-names";

interface UsageSpansProps {
  usage: OwnUsage;
  names: { day: string; month: string };
}

/// What somebody has used of a day and a month, with a bar for each limit that there is.
export function UsageSpans({ usage, names }: UsageSpansProps) {
  return (
    <dl className="grid gap-4">
      <Span name={names.day} span={usage.day} usage={usage} />
      <Span name={names.month} span={usage.month} usage={usage} />
    </dl>
  );
}

function Span({ name, span, usage }: { name: string; span: UsageSpan; usage: OwnUsage }) {
  const { t, i18n } = useLingui();
  const { currency, priced } = usage;
  const money = (amount: number) => i18n.number(amount, { style: "currency", currency });
  const used = i18n.number(span.tokens);
  const paid = money(span.cost);
  const most = span.token_limit === null ? null : i18n.number(span.token_limit);
  const mostPaid = span.cost_limit === null ? null : money(span.cost_limit);
  return (
    <div className="grid gap-1.5">
      <dt className="font-medium">{name}</dt>
      <Amount name={t`${name}: tokens`} share={shareOf(span.tokens, span.token_limit)}>
        {most === null ? (
          <Trans>{used} tokens</Trans>
        ) : (
          <Trans>
            {used} of {most} tokens
          </Trans>
        )}
      </Amount>
      {(priced || mostPaid !== null) && (
        <Amount name={t`${name}: cost`} share={shareOf(span.cost, span.cost_limit)}>
          {mostPaid === null ? (
            paid
          ) : (
            <Trans>
              {paid} of {mostPaid}
            </Trans>
          )}
        </Amount>
      )}
    </div>
  );
}

const shareOf = (amount: number, limit: number | null) =>
  limit === null ? null : limit === 0 ? 1 : Math.min(1, amount / limit);

interface AmountProps {
  name: string;
  /// Of the limit; null where there is none.
  share: number | null;
  children: ReactNode;
}

function Amount({ name, share, children }: AmountProps) {
  const percent = share === null ? null : Math.round(share * 100);
  return (
    <dd className="flex flex-wrap items-center gap-x-4 gap-y-1 tabular-nums">
      <span className="min-w-52">{children}</span>
      {percent !== null && (
        <>
          <meter className="sr-only" aria-label={name} min={0} max={100} value={percent}>
            {percent} %
          </meter>
          <span
            aria-hidden="true"
            className="h-2 min-w-32 flex-1 overflow-hidden rounded-control border border-edge bg-raised"
          >
            <span
              className={classNames("block h-full", percent >= 100 ? "bg-danger" : "bg-text")}
              style={{ width: `${percent}%` }}
            />
          </span>
        </>
      )}
    </dd>
  );
}

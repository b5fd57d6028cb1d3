import { useLingui } from "@lingui/react/macro";
import type { UsageFigures, UsageOverview } from "@/api/types";

export interface Figure {
  name: string;
  of: (figures: UsageFigures) => number | null;
  show: (value: number) => string;
}

const thousandMillis = 1_000;

/// What is plotted, in its order.
export function useFigures({ currency, priced }: UsageOverview): Figure[] {
  const { t, i18n } = useLingui();
  const count = (value: number) => i18n.number(value, { notation: "compact", maximumFractionDigits: 1 });
  const money = (value: number) =>
    i18n.number(value, { style: "currency", currency, notation: "compact", maximumSignificantDigits: 3 });
  const seconds = (millis: number) =>
    i18n.number(millis / thousandMillis, {
      style: "unit",
      unit: "second",
      unitDisplay: "narrow",
      maximumSignificantDigits: 2,
    });
  return [
    { name: t`People`, of: ({ users }) => users, show: count },
    { name: t`New chats`, of: ({ chats }) => chats, show: count },
    { name: t`Messages`, of: ({ messages }) => messages, show: count },
    { name: t`Failed answers`, of: ({ errors }) => errors, show: count },
    { name: t`Tokens read`, of: ({ prompt_tokens }) => prompt_tokens, show: count },
    { name: t`Tokens written`, of: ({ completion_tokens }) => completion_tokens, show: count },
    ...(priced ? [{ name: t`Cost`, of: ({ cost }: UsageFigures) => cost, show: money }] : []),
    { name: t`First word (p50)`, of: ({ first_p50_ms }) => first_p50_ms, show: seconds },
    { name: t`First word (p95)`, of: ({ first_p95_ms }) => first_p95_ms, show: seconds },
    { name: t`Whole answer (p50)`, of: ({ last_p50_ms }) => last_p50_ms, show: seconds },
    { name: t`Whole answer (p95)`, of: ({ last_p95_ms }) => last_p95_ms, show: seconds },
  ];
}

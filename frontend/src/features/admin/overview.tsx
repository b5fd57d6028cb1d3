import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { UsageColumn, UsageOverview } from "@/api/types";
import { NotLoaded } from "@/ui/not-loaded";
import { Segmented } from "@/ui/segmented";
import { Skeleton } from "@/ui/skeleton";
import { isPeriod, overviewQuery, type Period } from "./admin-queries";
import { Plot, PlotKey } from "./plot";
import { Table } from "./table";
import { useAddressFilter } from "./use-address-filter";
import { type Figure, useFigures } from "./use-figures";

const minutesOfDay = 24 * 60;

/// What the instance does, beside what it did before.
export function Overview() {
  const { t } = useLingui();
  const { search, change } = useAddressFilter();
  const named = search.get("period") ?? "";
  const period = isPeriod(named) ? named : "day";
  const { data, error, refetch } = useQuery(overviewQuery(period));
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Segmented<Period>
          label={t`Which time`}
          value={period}
          options={[
            { value: "hour", label: t`Hour` },
            { value: "day", label: t`Day` },
            { value: "30d", label: t`30 days` },
          ]}
          onChange={(value) => change({ period: value === "day" ? null : value })}
        />
        <PlotKey />
      </div>
      {data !== undefined ? (
        <Shown overview={data} />
      ) : error === null ? (
        <div className="grid gap-8 md:grid-cols-2" aria-busy="true">
          {Array.from({ length: 8 }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
            <Skeleton key={index} className="h-36" />
          ))}
        </div>
      ) : (
        <NotLoaded error={error} onRetry={() => void refetch()} />
      )}
    </>
  );
}

function Shown({ overview }: { overview: UsageOverview }) {
  const { t } = useLingui();
  const figures = useFigures(overview);
  const titleOf = useSlotTitle(overview);
  const { columns, now, before } = overview;
  return (
    <>
      <div className="grid gap-x-10 gap-y-8 md:grid-cols-2">
        {figures.map(({ name, of, show }) => (
          <Plot
            key={name}
            name={name}
            show={show}
            now={of(now)}
            before={of(before)}
            columns={columns.map((column) => ({
              title: titleOf(column),
              now: of(column.now),
              before: of(column.before),
            }))}
          />
        ))}
      </div>
      <details className="min-w-0">
        <summary className="w-fit cursor-pointer rounded-control text-accent hover:underline">
          <Trans>These figures as a table</Trans>
        </summary>
        <div className="mt-3">
          <Figures columns={columns} figures={figures} titleOf={titleOf} />
        </div>
      </details>
      <div className="grid gap-8 lg:grid-cols-2">
        <section className="min-w-0">
          <h2 className="mb-2 font-semibold">
            <Trans>Models</Trans>
          </h2>
          <Models overview={overview} label={t`Models`} />
        </section>
        <section className="min-w-0">
          <h2 className="mb-2 font-semibold">
            <Trans>Who used most</Trans>
          </h2>
          <People overview={overview} label={t`Who used most`} />
        </section>
      </div>
    </>
  );
}

/// Days are those of UTC, as they are counted.
function useSlotTitle({ slot_minutes: minutes }: UsageOverview) {
  const { i18n } = useLingui();
  return ({ starts }: UsageColumn) =>
    minutes === minutesOfDay
      ? i18n.date(starts, { dateStyle: "medium", timeZone: "UTC" })
      : i18n.date(starts, { weekday: "short", hour: "numeric", minute: "2-digit" });
}

interface FiguresProps {
  columns: readonly UsageColumn[];
  figures: readonly Figure[];
  titleOf: (column: UsageColumn) => string;
}

function Figures({ columns, figures, titleOf }: FiguresProps) {
  const { t } = useLingui();
  const told = ({ of, show }: Figure, column: UsageColumn) => {
    const [now, before] = [of(column.now), of(column.before)];
    return `${now === null ? "–" : show(now)} (${before === null ? "–" : show(before)})`;
  };
  return (
    <>
      <p className="mb-2 text-small text-quiet">
        <Trans>In brackets the same time before. The last line is not over yet.</Trans>
      </p>
      <Table<UsageColumn>
        label={t`Figures`}
        rows={columns}
        keyOf={({ starts }) => starts}
        error={null}
        onRetry={() => {}}
        empty={null}
        columns={[
          {
            title: <Trans>From</Trans>,
            cell: (column) => <span className="whitespace-nowrap">{titleOf(column)}</span>,
          },
          ...figures.map((figure) => ({
            title: figure.name,
            number: true,
            cell: (column: UsageColumn) => told(figure, column),
          })),
        ]}
      />
    </>
  );
}

interface ListProps {
  overview: UsageOverview;
  label: string;
}

/// None where nothing has a price.
function useCostColumn({ priced, currency }: UsageOverview) {
  const { i18n } = useLingui();
  if (!priced) return [];
  return [
    {
      title: <Trans>Cost</Trans>,
      number: true,
      cell: ({ cost }: { cost: number }) => i18n.number(cost, { style: "currency", currency }),
    },
  ];
}

function Models({ overview, label }: ListProps) {
  const { i18n } = useLingui();
  const { models } = overview;
  const costColumn = useCostColumn(overview);
  return (
    <Table<(typeof models)[number]>
      label={label}
      rows={models}
      keyOf={({ model }) => model}
      error={null}
      onRetry={() => {}}
      empty={<Trans>No model was asked.</Trans>}
      columns={[
        {
          title: <Trans>Model</Trans>,
          cell: ({ model }) => <span className="block min-w-32 wrap-anywhere">{model}</span>,
        },
        { title: <Trans>Answers</Trans>, number: true, cell: ({ answers }) => i18n.number(answers) },
        { title: <Trans>Failed</Trans>, number: true, cell: ({ errors }) => i18n.number(errors) },
        { title: <Trans>Tokens</Trans>, number: true, cell: ({ tokens }) => i18n.number(tokens) },
        ...costColumn,
      ]}
    />
  );
}

function People({ overview, label }: ListProps) {
  const { i18n } = useLingui();
  const { people } = overview;
  const costColumn = useCostColumn(overview);
  return (
    <Table<(typeof people)[number]>
      label={label}
      rows={people}
      keyOf={({ id }) => id}
      error={null}
      onRetry={() => {}}
      empty={<Trans>Nobody asked anything.</Trans>}
      columns={[
        {
          title: <Trans>Email</Trans>,
          cell: ({ id, email }) => (
            <Link
              to={`/admin/users?user=${id}`}
              className="block min-w-40 wrap-anywhere text-accent hover:underline"
            >
              {email ?? id}
            </Link>
          ),
        },
        { title: <Trans>Answers</Trans>, number: true, cell: ({ answers }) => i18n.number(answers) },
        { title: <Trans>Tokens</Trans>, number: true, cell: ({ tokens }) => i18n.number(tokens) },
        ...costColumn,
      ]}
    />
  );
}

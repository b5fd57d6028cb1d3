import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { Health } from "@/api/types";
import { healthQuery } from "./admin-queries";
import { Table } from "./table";

type State = Health["components"][string] & { name: string };

/// How each part of the node is that answers this page.
export function HealthParts() {
  const { t, i18n } = useLingui();
  const { data, error, refetch } = useQuery(healthQuery);
  const rows = data && Object.entries(data.components).map(([name, state]) => ({ name, ...state }));
  return (
    <>
      <Table<State>
        label={t`Parts`}
        rows={rows}
        keyOf={({ name }) => name}
        error={error}
        onRetry={() => void refetch()}
        empty={<Trans>There is nothing to tell.</Trans>}
        columns={[
          { title: <Trans>Part</Trans>, cell: ({ name }) => <code className="text-small">{name}</code> },
          { title: <Trans>State</Trans>, cell: ({ status }) => <Status status={status} /> },
          {
            title: <Trans>Took</Trans>,
            number: true,
            cell: ({ latency_ms: millis }) =>
              millis === undefined ? "–" : <Trans>{i18n.number(millis)} ms</Trans>,
          },
          { title: <Trans>What there is to say</Trans>, cell: ({ detail }) => detail ?? "–" },
        ]}
      />
      {data !== undefined && (
        <p className="text-small text-quiet">
          <Trans>Parley {data.version}</Trans>
        </p>
      )}
    </>
  );
}

function Status({ status }: { status: string }) {
  switch (status) {
    case "ok":
      return (
        <span className="text-success">
          <Trans>works</Trans>
        </span>
      );
    case "disabled":
      return (
        <span className="text-quiet">
          <Trans>not used</Trans>
        </span>
      );
    case "degraded":
      return (
        <span className="text-warning">
          <Trans>impaired</Trans>
        </span>
      );
    default:
      return (
        <span className="text-danger">
          <Trans>down</Trans>
        </span>
      );
  }
}

import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Plus, Search } from "lucide-react";
import { ruleModel } from "@/api/admin";
import type { ModelProvider, OfferedModel } from "@/api/types";
import { Button } from "@/ui/button";
import { inputClass } from "@/ui/text-field";
import { useAttempt } from "@/ui/use-attempt";
import { allModelsQuery, providersQuery, refetchAdmin } from "./admin-queries";
import { ModelSheet } from "./model-sheet";
import { ProviderSheet } from "./provider-sheet";
import { Table } from "./table";
import { useAddressFilter } from "./use-address-filter";

/// Who is asked for language models, and which of theirs are offered.
export function Models() {
  const { search, change } = useAddressFilter();
  return (
    <>
      <Providers onChosen={(provider) => change({ provider })} onAdd={() => change({ add: "1" })} />
      <h2 className="mt-4 font-semibold">
        <Trans>Models</Trans>
      </h2>
      <AllModels
        typed={search.get("q") ?? ""}
        onTyped={(q) => change({ q })}
        onChosen={(model) => change({ model })}
      />
      <ProviderSheet
        name={search.get("provider")}
        adding={search.has("add")}
        onAdded={(provider) => change({ add: null, provider })}
        onClose={() => change({ add: null, provider: null })}
      />
      <ModelSheet id={search.get("model")} onClose={() => change({ model: null })} />
    </>
  );
}

function Providers({ onChosen, onAdd }: { onChosen: (name: string) => void; onAdd: () => void }) {
  const { t, i18n } = useLingui();
  const { data, error, refetch } = useQuery(providersQuery);
  const models = useQuery(allModelsQuery);
  const count = (name: string) =>
    i18n.number(models.data?.filter(({ provider }) => provider === name).length ?? 0);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-semibold">
          <Trans>Providers</Trans>
        </h2>
        <Button onClick={onAdd}>
          <Plus className="size-4" aria-hidden="true" />
          <Trans>Add a provider</Trans>
        </Button>
      </div>
      <Table<ModelProvider>
        label={t`Providers`}
        rows={data}
        keyOf={({ name }) => name}
        error={error}
        onRetry={() => void refetch()}
        empty={<Trans>There is none yet: the built-in model answers, which is no language model.</Trans>}
        columns={[
          {
            title: <Trans>Name</Trans>,
            cell: ({ name }) => (
              <button type="button" className="text-accent hover:underline" onClick={() => onChosen(name)}>
                {name}
              </button>
            ),
          },
          {
            title: <Trans>Address</Trans>,
            cell: ({ url }) => <span className="block min-w-52 text-small break-all">{url}</span>,
          },
          {
            title: <Trans>From</Trans>,
            cell: ({ origin }) =>
              origin === "operator" ? <Trans>this page</Trans> : <Trans>the environment</Trans>,
          },
          { title: <Trans>Models</Trans>, number: true, cell: ({ name }) => count(name) },
          { title: <Trans>State</Trans>, cell: (provider) => <ProviderState provider={provider} /> },
        ]}
      />
    </>
  );
}

export function ProviderState({ provider: { enabled, problem } }: { provider: ModelProvider }) {
  if (!enabled) {
    return (
      <span className="text-quiet">
        <Trans>off</Trans>
      </span>
    );
  }
  return problem === null ? (
    <span className="text-success">
      <Trans>on</Trans>
    </span>
  ) : (
    <span className="text-danger">
      <Trans>needs its key again</Trans>
    </span>
  );
}

interface AllModelsProps {
  typed: string;
  onTyped: (text: string) => void;
  onChosen: (id: string) => void;
}

function AllModels({ typed, onTyped, onChosen }: AllModelsProps) {
  const { t, i18n } = useLingui();
  const { data, error, refetch } = useQuery(allModelsQuery);
  const words = typed.trim().toLowerCase();
  return (
    <>
      <div className="relative max-w-md">
        <Search
          className="pointer-events-none absolute start-3 top-1/2 size-4.5 -translate-y-1/2 text-quiet"
          aria-hidden="true"
        />
        <input
          type="search"
          aria-label={t`Search by name`}
          placeholder={t`Search by name`}
          value={typed}
          maxLength={200}
          onChange={({ target }) => onTyped(target.value)}
          className={`${inputClass} h-11 ps-10`}
        />
      </div>
      <Table<OfferedModel>
        label={t`Models`}
        rows={data?.filter(({ id }) => id.toLowerCase().includes(words))}
        keyOf={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        empty={words === "" ? <Trans>No provider offers one.</Trans> : <Trans>Nothing was found.</Trans>}
        columns={[
          {
            title: <Trans>Model</Trans>,
            cell: ({ id, default: standard }) => (
              <>
                <button
                  type="button"
                  className="min-w-44 text-start wrap-anywhere text-accent hover:underline"
                  onClick={() => onChosen(id)}
                >
                  {id}
                </button>
                {standard && (
                  <span className="block text-small text-quiet">
                    <Trans>answers when nobody chose</Trans>
                  </span>
                )}
              </>
            ),
          },
          { title: <Trans>Provider</Trans>, cell: ({ provider }) => provider },
          {
            title: <Trans>Reads, in tokens</Trans>,
            number: true,
            cell: ({ context_window, window_limit }) => (
              <>
                {i18n.number(context_window)}
                {window_limit !== null && (
                  <span className="block text-small text-quiet">
                    <Trans>set here</Trans>
                  </span>
                )}
              </>
            ),
          },
          {
            title: <Trans>Longest answer</Trans>,
            number: true,
            cell: ({ max_tokens }) => (max_tokens === null ? "–" : i18n.number(max_tokens)),
          },
          { title: <Trans>Offered</Trans>, cell: (model) => <Offered model={model} /> },
        ]}
      />
    </>
  );
}

/// Saves itself.
function Offered({ model: { id, enabled, window_limit, max_tokens } }: { model: OfferedModel }) {
  const { t } = useLingui();
  const attempt = useAttempt();
  const offer = (next: boolean) =>
    void attempt(ruleModel(id, { enabled: next, context_window: window_limit, max_tokens })).finally(
      () => void refetchAdmin(),
    );
  return (
    <label className="grid size-8 cursor-pointer place-items-center touch:size-11">
      <input
        type="checkbox"
        className="size-4 accent-accent"
        aria-label={t`Offer ${id}`}
        checked={enabled}
        onChange={({ target }) => offer(target.checked)}
      />
    </label>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { addProvider, enableProvider, removeProvider, testProvider } from "@/api/admin";
import { inOwnWords } from "@/api/server-sentences";
import type { ModelProvider } from "@/api/types";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";
import { providersQuery, refetchAdmin } from "./admin-queries";
import { DetailsSheet, Fact, Facts } from "./details-sheet";
import { ProviderState } from "./models";
import { ProviderForm } from "./provider-form";

interface ProviderSheetProps {
  /// Null while none is looked at.
  name: string | null;
  adding: boolean;
  onAdded: (name: string) => void;
  onClose: () => void;
}

export function ProviderSheet({ name, adding, onAdded, onClose }: ProviderSheetProps) {
  const { t } = useLingui();
  const { data } = useQuery(providersQuery);
  const provider = data?.find((one) => one.name === name);
  return (
    <DetailsSheet
      open={adding || name !== null}
      title={adding ? t`A new provider` : t`A provider of models`}
      onClose={onClose}
    >
      {adding ? (
        <NewProvider onAdded={onAdded} />
      ) : provider !== undefined ? (
        <Provider key={provider.name} provider={provider} onRemoved={onClose} />
      ) : data === undefined ? (
        <Skeleton className="h-32" />
      ) : (
        <Notice>
          <Trans>There is no such provider any more.</Trans>
        </Notice>
      )}
    </DetailsSheet>
  );
}

function NewProvider({ onAdded }: { onAdded: (name: string) => void }) {
  return (
    <>
      <h2 className="mb-5 text-title font-semibold">
        <Trans>A new provider</Trans>
      </h2>
      <ProviderForm
        onSave={async (name, wish) => {
          await addProvider(name, wish);
          await refetchAdmin();
          onAdded(name);
        }}
      />
    </>
  );
}

function Provider({ provider, onRemoved }: { provider: ModelProvider; onRemoved: () => void }) {
  const { t } = useLingui();
  const { name, enabled, origin, problem } = provider;
  const turn = useSaving(async () => {
    await enableProvider(name, !enabled);
    await refetchAdmin();
  });
  return (
    <>
      <h2 className="text-title font-semibold break-all">{name}</h2>
      <p>
        <ProviderState provider={provider} />
      </p>
      {problem !== null && <Notice className="mt-3">{inOwnWords(problem)}</Notice>}
      <div className="mt-5 flex flex-wrap items-start gap-3">
        <Button busy={turn.busy} onClick={() => void turn.run()}>
          {enabled ? <Trans>Turn off</Trans> : <Trans>Turn on</Trans>}
        </Button>
        {origin === "operator" && <Remove name={name} onRemoved={onRemoved} />}
      </div>
      {turn.error !== null && <Notice className="mt-3">{turn.error.message}</Notice>}
      <ConnectionTest name={name} />
      <div className="mt-6 border-t border-line pt-6">
        {origin === "operator" ? (
          <ProviderForm key={provider.changed_at} provider={provider} />
        ) : (
          <>
            <p className="text-quiet">
              <Trans>This one is set in the server's environment, and is changed there.</Trans>
            </p>
            <Facts>
              <Fact name={t`Address`}>{provider.url}</Fact>
              <Fact name={t`Key`}>{provider.key_set ? t`set` : t`none`}</Fact>
              <Fact name={t`Models`}>
                {provider.models.length === 0 ? t`those it lists` : provider.models.join(", ")}
              </Fact>
            </Facts>
          </>
        )}
      </div>
    </>
  );
}

function ConnectionTest({ name }: { name: string }) {
  const [result, setResult] = useState<{ works: boolean; sentence: string } | null>(null);
  const { busy, error, run } = useSaving(async () => {
    setResult(null);
    setResult(await testProvider(name));
  });
  return (
    <div className="mt-3 grid justify-items-start gap-2">
      <Button busy={busy} onClick={() => void run()}>
        <Trans>Test the connection</Trans>
      </Button>
      <p role="status" className={result?.works === true ? "text-success" : "text-danger"}>
        {result !== null && inOwnWords(result.sentence)}
      </p>
      {error !== null && <Notice>{error.message}</Notice>}
    </div>
  );
}

function Remove({ name, onRemoved }: { name: string; onRemoved: () => void }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const { busy, error, run } = useSaving(async () => {
    await removeProvider(name);
    await refetchAdmin();
    onRemoved();
  });
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        <Trans>Remove</Trans>
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t`Remove this provider`}
        description={t`The models of ${name} are offered no more, and its key is deleted.`}
      >
        {error !== null && <Notice className="mb-4">{error.message}</Notice>}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={() => setAsking(false)}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="danger" busy={busy} onClick={() => void run()}>
            <Trans>Remove the provider</Trans>
          </Button>
        </div>
      </Dialog>
    </>
  );
}

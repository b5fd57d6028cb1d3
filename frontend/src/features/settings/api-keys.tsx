import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { deleteKey } from "@/api/keys";
import type { ApiKey } from "@/api/types";
import { queryClient } from "@/lib/query-client";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { NotLoaded } from "@/ui/not-loaded";
import { Notice } from "@/ui/notice";
import { keysQuery } from "./key-queries";
import { NewKeyDialog } from "./new-key-dialog";
import { useScopes } from "./scopes";

/// What programs sign in with.
export function ApiKeys() {
  const { data: keys, error, refetch } = useQuery(keysQuery);
  const [making, setMaking] = useState(false);
  return (
    <>
      <p className="text-quiet">
        <Trans>
          With a key a program uses Parley in your name. Give each its own, so that you can take it back.
        </Trans>
      </p>
      {keys !== undefined && keys.length > 0 && (
        <ul className="grid gap-4">
          {keys.map((key) => (
            <Key key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
      {keys === undefined && error !== null && (
        <NotLoaded error={error} onRetry={() => void refetch()}>
          <Trans>Your keys could not be loaded.</Trans>
        </NotLoaded>
      )}
      <div>
        <Button onClick={() => setMaking(true)}>
          <Trans>New key</Trans>
        </Button>
      </div>
      <NewKeyDialog open={making} onClose={() => setMaking(false)} />
    </>
  );
}

function Key({ apiKey }: { apiKey: ApiKey }) {
  const { t, i18n } = useLingui();
  const [asking, setAsking] = useState(false);
  const scopes = useScopes();
  const { busy, error, run } = useSaving(async () => {
    await deleteKey(apiKey.id);
    await queryClient.invalidateQueries({ queryKey: keysQuery.queryKey });
  });
  const { name, prefix, last_used_at, expires_at } = apiKey;
  const opens = scopes.filter(({ scope }) => apiKey.scopes.includes(scope)).map(({ name }) => name);
  const used =
    last_used_at === null ? null : i18n.date(last_used_at, { dateStyle: "medium", timeStyle: "short" });
  const end = expires_at === null ? null : i18n.date(expires_at, { dateStyle: "medium" });
  const expired = expires_at !== null && new Date(expires_at) <= new Date();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="me-auto min-w-0 break-words">
        {name}
        <span className="block text-small text-quiet tabular-nums">
          <code className="font-mono">{prefix}…</code> · {opens.join(", ")} ·{" "}
          {used === null ? t`Never used` : t`Last used ${used}`}
          {end !== null && ` · ${expired ? t`Expired ${end}` : t`Until ${end}`}`}
        </span>
      </p>
      <Button onClick={() => setAsking(true)} aria-label={t`Delete the key ${name}`}>
        <Trans>Delete</Trans>
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t`Delete this key`}
        description={t`Programs that sign in with “${name}” stop working at once. This cannot be undone.`}
      >
        {error !== null && <Notice className="mb-4">{error.message}</Notice>}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={() => setAsking(false)}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="danger" busy={busy} onClick={() => void run()}>
            <Trans>Delete key</Trans>
          </Button>
        </div>
      </Dialog>
    </li>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { makeKey } from "@/api/keys";
import type { KeyScope, NewApiKey } from "@/api/types";
import { queryClient } from "@/lib/query-client";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { Segmented } from "@/ui/segmented";
import { ShownOnce } from "@/ui/shown-once";
import { TextField } from "@/ui/text-field";
import { keysQuery } from "./key-queries";
import { useScopes } from "./scopes";

interface NewKeyDialogProps {
  open: boolean;
  onClose: () => void;
}

export function NewKeyDialog({ open, onClose }: NewKeyDialogProps) {
  const { t } = useLingui();
  const [made, setMade] = useState<NewApiKey | null>(null);
  const close = () => {
    onClose();
    setMade(null);
  };
  return (
    <Dialog
      open={open}
      onClose={made === null ? close : undefined}
      title={made === null ? t`New API key` : t`Keep this key now`}
      description={made === null ? undefined : t`It is shown this once. Whoever has it acts in your name.`}
    >
      {made === null ? (
        <Wish onMade={setMade} onCancel={close} />
      ) : (
        <ShownOnce label={t`The key`} value={made.key} copyLabel={t`Copy the key`} onKept={close} />
      )}
    </Dialog>
  );
}

const day = 24 * 60 * 60 * 1000;
const lives = { "30": 30, "90": 90, "365": 365, never: null } as const;
type Life = keyof typeof lives;

function Wish({ onMade, onCancel }: { onMade: (made: NewApiKey) => void; onCancel: () => void }) {
  const { t } = useLingui();
  const scopes = useScopes();
  const [chosen, setChosen] = useState<KeyScope[]>(["chats", "models", "memories"]);
  const [life, setLife] = useState<Life>("90");
  const { busy, error, run } = useSaving(async (name: string) => {
    const days = lives[life];
    const expires_at = days === null ? null : new Date(Date.now() + days * day).toISOString();
    onMade(await makeKey({ name, scopes: chosen, expires_at }));
    await queryClient.invalidateQueries({ queryKey: keysQuery.queryKey });
  });
  const nameError = error?.field("name") ?? null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run(String(new FormData(event.currentTarget).get("name")));
      }}
      className="grid gap-5"
    >
      <TextField
        label={t`Name`}
        name="name"
        required
        maxLength={100}
        autoComplete="off"
        hint={t`Which program will have it?`}
        error={nameError}
      />
      <fieldset className="grid gap-2">
        <legend className="mb-1 text-base font-medium">
          <Trans>What it opens</Trans>
        </legend>
        {scopes.map(({ scope, name, hint }) => (
          <Checkbox
            key={scope}
            checked={chosen.includes(scope)}
            onChange={(checked) =>
              setChosen(checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))
            }
            hint={hint}
          >
            {name}
          </Checkbox>
        ))}
        <p className="text-small text-quiet">
          <Trans>No key can change your password, your profile or your keys.</Trans>
        </p>
      </fieldset>
      <div className="grid justify-items-start gap-1.5">
        <span className="text-base font-medium">
          <Trans>How long it is good</Trans>
        </span>
        <Segmented
          label={t`How long it is good`}
          value={life}
          options={[
            { value: "30", label: t`30 days` },
            { value: "90", label: t`90 days` },
            { value: "365", label: t`1 year` },
            { value: "never", label: t`No end` },
          ]}
          onChange={setLife}
        />
      </div>
      {error !== null && nameError === null && (
        <Notice>{error.field("scopes") ?? error.field("expires_at") ?? error.message}</Notice>
      )}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" look="primary" busy={busy} disabled={chosen.length === 0}>
          <Trans>Make key</Trans>
        </Button>
      </div>
    </form>
  );
}

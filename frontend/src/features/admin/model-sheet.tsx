import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ruleModel, setSetting } from "@/api/admin";
import type { OfferedModel } from "@/api/types";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { SavedMark } from "@/ui/saved-mark";
import { Skeleton } from "@/ui/skeleton";
import { TextField } from "@/ui/text-field";
import { allModelsQuery, refetchAdmin } from "./admin-queries";
import { DetailsSheet } from "./details-sheet";

interface ModelSheetProps {
  /// Null while none is looked at.
  id: string | null;
  onClose: () => void;
}

export function ModelSheet({ id, onClose }: ModelSheetProps) {
  const { t } = useLingui();
  const { data } = useQuery(allModelsQuery);
  const model = data?.find((one) => one.id === id);
  return (
    <DetailsSheet open={id !== null} title={t`A model`} onClose={onClose}>
      {model !== undefined ? (
        <Model key={model.id} model={model} />
      ) : data === undefined ? (
        <Skeleton className="h-32" />
      ) : (
        <Notice>
          <Trans>There is no such model any more.</Trans>
        </Notice>
      )}
    </DetailsSheet>
  );
}

function Model({ model }: { model: OfferedModel }) {
  const { i18n } = useLingui();
  const { id, provider, enabled, context_window, default: standard } = model;
  const choose = useSaving(async () => {
    await setSetting("PARLEY_DEFAULT_MODEL", id);
    await refetchAdmin();
  });
  return (
    <>
      <h2 className="text-title font-semibold break-all">{id}</h2>
      <p className="text-quiet">
        <Trans>
          Of {provider}, reads {i18n.number(context_window)} tokens
        </Trans>
      </p>
      <div className="mt-5">
        {standard ? (
          <p>
            <Trans>It answers when nobody chose another.</Trans>
          </p>
        ) : (
          <Button busy={choose.busy} disabled={!enabled} onClick={() => void choose.run()}>
            <Trans>Let it answer when nobody chose</Trans>
          </Button>
        )}
        {choose.error !== null && <Notice className="mt-3">{choose.error.message}</Notice>}
      </div>
      <div className="mt-6 border-t border-line pt-6">
        <Limits model={model} />
      </div>
    </>
  );
}

function Limits({ model: { id, enabled, window_limit, max_tokens } }: { model: OfferedModel }) {
  const { t } = useLingui();
  const { busy, saved, error, run } = useSaving(async (data: FormData) => {
    const number = (field: string) => {
      const text = String(data.get(field) ?? "").trim();
      return text === "" ? null : Number(text);
    };
    await ruleModel(id, {
      enabled,
      context_window: number("context_window"),
      max_tokens: number("max_tokens"),
    });
    await refetchAdmin();
  });
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void run(new FormData(event.currentTarget));
      }}
    >
      <TextField
        label={t`What it reads, in tokens`}
        name="context_window"
        type="number"
        min={256}
        max={100_000_000}
        defaultValue={window_limit ?? ""}
        hint={t`Empty: as its provider says.`}
        error={error?.field("context_window")}
      />
      <TextField
        label={t`Longest answer, in tokens`}
        name="max_tokens"
        type="number"
        min={1}
        max={10_000_000}
        defaultValue={max_tokens ?? ""}
        hint={t`Holds whatever a chat asks for. Empty: no limit of its own.`}
        error={error?.field("max_tokens")}
      />
      {error !== null && error.field("context_window") === null && error.field("max_tokens") === null && (
        <Notice>{error.message}</Notice>
      )}
      <div className="flex items-center gap-3">
        <Button type="submit" look="primary" busy={busy}>
          <Trans>Save</Trans>
        </Button>
        <SavedMark shown={saved} />
      </div>
    </form>
  );
}

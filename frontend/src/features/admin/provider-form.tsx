import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { type ProviderWish, replaceProvider } from "@/api/admin";
import type { ModelProvider } from "@/api/types";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Notice } from "@/ui/notice";
import { SavedMark } from "@/ui/saved-mark";
import { Segmented } from "@/ui/segmented";
import { TextField } from "@/ui/text-field";
import { refetchAdmin } from "./admin-queries";

interface ProviderFormProps {
  /// Absent for a new one.
  provider?: ModelProvider;
  onSave?: (name: string, wish: ProviderWish) => Promise<void>;
}

type Dialect = "openai" | "ollama";

/// What is said of a provider. Its key is never shown: what is typed here replaces it.
export function ProviderForm({ provider, onSave }: ProviderFormProps) {
  const { t } = useLingui();
  const [dialect, setDialect] = useState<Dialect>(provider?.dialect === "ollama" ? "ollama" : "openai");
  const [withoutKey, setWithoutKey] = useState(false);
  const { busy, saved, error, run } = useSaving(async (data: FormData) => {
    const text = (field: string) => String(data.get(field) ?? "").trim();
    const key = text("api_key");
    const wish: ProviderWish = {
      dialect,
      url: text("url"),
      models: text("models")
        .split(/[\s,]+/)
        .filter(Boolean),
      context_window: text("context_window") === "" ? null : Number(text("context_window")),
      ...(withoutKey ? { api_key: "" } : key === "" ? {} : { api_key: key }),
    };
    if (onSave === undefined) {
      await replaceProvider(provider?.name ?? "", wish);
      await refetchAdmin();
    } else {
      await onSave(text("name"), wish);
    }
  });
  const keySet = provider?.key_set === true;
  const keyEnd = provider?.key_end ?? null;
  const known = ["name", "url", "api_key", "models", "context_window"];
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void run(new FormData(event.currentTarget));
      }}
    >
      {provider === undefined && (
        <TextField
          label={t`Name`}
          name="name"
          required
          maxLength={32}
          autoCapitalize="none"
          autoComplete="off"
          hint={t`Stands before the names of its models: groq/llama-3.3-70b`}
          error={error?.field("name")}
        />
      )}
      <div className="grid justify-items-start gap-1.5">
        <span className="text-base font-medium">
          <Trans>What it speaks</Trans>
        </span>
        <Segmented
          label={t`What it speaks`}
          value={dialect}
          options={[
            { value: "openai", label: t`Like OpenAI` },
            { value: "ollama", label: "Ollama" },
          ]}
          onChange={setDialect}
        />
      </div>
      <TextField
        label={t`Address`}
        name="url"
        type="url"
        required
        dir="ltr"
        maxLength={500}
        defaultValue={provider?.url}
        placeholder={dialect === "ollama" ? "http://127.0.0.1:11434" : "https://api.example.com/v1"}
        error={error?.field("url")}
      />
      <TextField
        label={t`Key`}
        name="api_key"
        type="password"
        dir="ltr"
        autoComplete="off"
        disabled={withoutKey}
        hint={
          keySet ? (
            keyEnd === null ? (
              <Trans>One is set. What you type here replaces it.</Trans>
            ) : (
              <Trans>One is set that ends in {keyEnd}. What you type here replaces it.</Trans>
            )
          ) : (
            <Trans>A server of your own network may need none.</Trans>
          )
        }
        error={error?.field("api_key")}
      />
      {keySet && (
        <Checkbox checked={withoutKey} onChange={setWithoutKey} className="-mt-2">
          <Trans>Delete the key</Trans>
        </Checkbox>
      )}
      <TextField
        label={t`Models`}
        name="models"
        dir="ltr"
        autoComplete="off"
        defaultValue={provider?.models.join(", ")}
        hint={t`Names with commas between them. Empty: all that it lists.`}
        error={error?.field("models")}
      />
      <TextField
        label={t`What its models read, in tokens`}
        name="context_window"
        type="number"
        min={256}
        max={100_000_000}
        defaultValue={provider?.context_window ?? ""}
        hint={t`Empty: as it says.`}
        error={error?.field("context_window")}
      />
      {error !== null && known.every((field) => error.field(field) === null) && (
        <Notice>{error.message}</Notice>
      )}
      <div className="flex items-center gap-3">
        <Button type="submit" look="primary" busy={busy}>
          {provider === undefined ? <Trans>Add the provider</Trans> : <Trans>Save</Trans>}
        </Button>
        <SavedMark shown={saved} />
      </div>
    </form>
  );
}

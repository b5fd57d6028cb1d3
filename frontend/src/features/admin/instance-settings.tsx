import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { resetSetting, setSetting } from "@/api/admin";
import type { InstanceSetting } from "@/api/types";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { NotLoaded } from "@/ui/not-loaded";
import { Notice } from "@/ui/notice";
import { SavedMark } from "@/ui/saved-mark";
import { Segmented } from "@/ui/segmented";
import { Skeleton } from "@/ui/skeleton";
import { inputClass } from "@/ui/text-field";
import { refetchAdmin, settingsQuery } from "./admin-queries";
import { useSettingWords } from "./setting-words";

/// What can be set while the server runs, over what it was started with.
export function InstanceSettings() {
  const { data, error, refetch } = useQuery(settingsQuery);
  if (data === undefined) {
    return error === null ? (
      <div aria-busy="true">
        <Skeleton className="h-32" />
      </div>
    ) : (
      <NotLoaded error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <>
      <p className="max-w-prose text-quiet">
        <Trans>
          These count at once, on every node, and in the place of what the server was started with. All other
          settings are the environment's.
        </Trans>
      </p>
      <ul className="grid max-w-3xl gap-7">
        {data.map((setting) => (
          <Setting key={setting.name} setting={setting} />
        ))}
      </ul>
    </>
  );
}

function Setting({ setting }: { setting: InstanceSetting }) {
  const { t } = useLingui();
  const id = useId();
  const words = useSettingWords();
  const save = useSaving(async (value: string) => {
    await setSetting(setting.name, value);
    await refetchAdmin();
  });
  const reset = useSaving(async () => {
    await resetSetting(setting.name);
    await refetchAdmin();
  });
  const error = save.error ?? reset.error;
  const { title, meaning } = words[setting.name] ?? { title: setting.name, meaning: setting.meaning };
  return (
    <li className="grid gap-2 border-b border-line pb-6 last:border-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 id={id} className="font-medium">
          {title}
        </h2>
        <code className="text-small text-quiet">{setting.name}</code>
        <SavedMark shown={save.saved || reset.saved} />
      </div>
      <p className="text-base text-quiet">{meaning}</p>
      <Field
        // What was saved or taken back elsewhere shows here, too.
        key={setting.value}
        setting={setting}
        title={title}
        labelledBy={id}
        busy={save.busy}
        onSave={(value) => void save.run(value)}
      />
      {error !== null && <Notice>{error.field("value") ?? error.message}</Notice>}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-quiet">
        <Origin setting={setting} />
        {setting.origin === "operator" && (
          <Button
            look="quiet"
            busy={reset.busy}
            aria-label={t`Take back: ${title}`}
            onClick={() => void reset.run()}
          >
            <Trans>Take back</Trans>
          </Button>
        )}
      </div>
    </li>
  );
}

interface FieldProps {
  setting: InstanceSetting;
  title: string;
  labelledBy: string;
  busy: boolean;
  onSave: (value: string) => void;
}

function Field({ setting: { form, value }, title, labelledBy, busy, onSave }: FieldProps) {
  const { t } = useLingui();
  const words: Record<string, string> = { open: t`Open`, closed: t`Closed`, on: t`On`, off: t`Off` };
  if (form.type === "choice") {
    return (
      <div>
        <Segmented
          label={title}
          value={value}
          options={form.options.map((option) => ({ value: option, label: words[option] ?? option }))}
          onChange={onSave}
        />
      </div>
    );
  }
  const isNumber = form.type === "whole" || form.type === "decimal";
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(String(new FormData(event.currentTarget).get("value")));
      }}
    >
      {form.type === "text" ? (
        <textarea
          name="value"
          rows={5}
          dir="auto"
          maxLength={8_000}
          aria-labelledby={labelledBy}
          defaultValue={value}
          className={`${inputClass} min-w-64 flex-1 py-2`}
        />
      ) : (
        <input
          name="value"
          dir="ltr"
          aria-labelledby={labelledBy}
          defaultValue={value}
          autoComplete="off"
          {...(isNumber
            ? {
                type: "number",
                min: form.least ?? undefined,
                max: form.most ?? undefined,
                step: form.type === "whole" ? 1 : "any",
              }
            : {})}
          className={`${inputClass} h-11 min-w-40 ${isNumber ? "max-w-48" : "max-w-md flex-1"}`}
        />
      )}
      <Button type="submit" busy={busy}>
        <Trans>Save</Trans>
      </Button>
    </form>
  );
}

/// Where the value is from.
function Origin({ setting: { origin, started_with, changed_at, changed_by } }: { setting: InstanceSetting }) {
  const { t, i18n } = useLingui();
  if (origin === "default") return <Trans>Nobody has set this; it is the default.</Trans>;
  if (origin !== "operator") return <Trans>From the server's environment.</Trans>;
  const at = i18n.date(changed_at ?? "", { dateStyle: "medium", timeStyle: "short" });
  const who = changed_by?.email ?? changed_by?.id ?? "";
  const before = started_with === "" ? t`nothing` : started_with;
  return (
    <span className="wrap-anywhere">
      <Trans>
        Set here by {who}, {at}. The server was started with: {before}
      </Trans>
    </span>
  );
}

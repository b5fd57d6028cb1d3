import { useLingui } from "@lingui/react/macro";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { listModels } from "@/api/chats";
import type { Profile } from "@/api/types";
import { saveProfile } from "@/lib/profile";
import { useSaving } from "@/lib/use-saving";
import { buttonClass } from "@/ui/button";
import { Menu, MenuChoice } from "@/ui/menu";
import { Notice } from "@/ui/notice";
import { SavedMark } from "@/ui/saved-mark";
import { Line } from "./part";

export const modelsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: ({ signal }) => listModels(signal),
});

/// Saves itself. Without a choice of models there is nothing to set.
export function ModelSetting({ profile }: { profile: Profile }) {
  const { t } = useLingui();
  const { data: models = [] } = useQuery(modelsQuery);
  const { saved, error, run } = useSaving((default_model: string | null) =>
    saveProfile({ preferences: { default_model } }),
  );
  if (models.length < 2) return null;
  const standard = models.find((model) => model.default)?.name ?? models[0]?.name ?? "";
  const chosen = profile.preferences.default_model ?? "";
  const options = [
    { value: "", label: t`The instance's choice (${standard})` },
    ...models.map(({ id, name, provider }) => ({ value: id, label: name, detail: provider })),
  ];
  return (
    <Line name={t`Model for new chats`}>
      <SavedMark shown={saved} />
      <Menu
        align="end"
        trigger={
          <button type="button" className={buttonClass("plain", "text-start")}>
            {options.find(({ value }) => value === chosen)?.label ?? chosen}
            <ChevronDown className="size-4" aria-hidden="true" />
          </button>
        }
      >
        <MenuChoice
          value={chosen}
          options={options}
          onChange={(model) => void run(model === "" ? null : model)}
        />
      </Menu>
      {error !== null && <Notice>{error.message}</Notice>}
    </Line>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { listModels } from "@/api/chats";
import type { Profile } from "@/api/types";
import { buttonClass } from "@/ui/button";
import { Menu, MenuChoice } from "@/ui/menu";
import { saveQuietly } from "./profile-query";

/// Saves itself. Without a choice of models there is nothing to set.
export function ModelSetting({ profile }: { profile: Profile }) {
  const { t } = useLingui();
  const { data: models = [] } = useQuery({
    queryKey: ["models"],
    queryFn: ({ signal }) => listModels(signal),
  });
  if (models.length < 2) return null;
  const standard = models.find((model) => model.default)?.name ?? models[0]?.name ?? "";
  const chosen = profile.preferences.default_model ?? "";
  const options = [
    { value: "", label: t`The instance's choice (${standard})` },
    ...models.map(({ id, name, provider }) => ({ value: id, label: name, detail: provider })),
  ];
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <span>
        <Trans>Model for new chats</Trans>
      </span>
      <Menu
        align="end"
        trigger={
          <button type="button" className={buttonClass("plain")}>
            {options.find(({ value }) => value === chosen)?.label ?? chosen}
            <ChevronDown className="size-4" aria-hidden="true" />
          </button>
        }
      >
        <MenuChoice
          value={chosen}
          options={options}
          onChange={(model) => saveQuietly({ preferences: { default_model: model === "" ? null : model } })}
        />
      </Menu>
    </div>
  );
}

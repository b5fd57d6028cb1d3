import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { Menu, MenuChoice } from "@/ui/menu";
import { modelsQuery } from "./chat-queries";

interface ModelPickerProps {
  /// Null for the instance's default.
  chosen: string | null;
  onChoose: (model: string) => void;
}

export function ModelPicker({ chosen, onChoose }: ModelPickerProps) {
  const { t } = useLingui();
  const { data: models = [] } = useQuery(modelsQuery);
  const current =
    models.find(({ id }) => id === chosen) ?? models.find((model) => model.default) ?? models[0];
  if (current === undefined || current.provider === "builtin") return null;
  if (models.length === 1) return <span className="truncate px-2 text-small text-quiet">{current.name}</span>;
  return (
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          aria-label={t`Model: ${current.name}`}
          className="flex h-7 touch:h-11 min-w-0 max-w-full items-center gap-1 rounded-control px-2 text-small text-quiet transition-colors hover:bg-hover hover:text-text"
        >
          <span className="truncate">{current.name}</span>
          <ChevronDown className="size-4 shrink-0" aria-hidden="true" />
        </button>
      }
    >
      <MenuChoice
        value={current.id}
        options={models.map(({ id, name, provider }) => ({ value: id, label: name, detail: provider }))}
        onChange={onChoose}
      />
    </Menu>
  );
}

import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { lateModule } from "@/lib/late-module";
import { Menu, MenuChoice } from "@/ui/menu";
import { modelsQuery, useStandardModel } from "./chat-queries";
import { useModelDetail } from "./model-detail";

const loadFinder = lateModule(() => import("./model-finder"));
const ModelFinder = lazy(async () => ({ default: (await loadFinder()).ModelFinder }));

/// More than this are searched rather than looked through.
const mostInMenu = 8;

interface ModelPickerProps {
  /// Null where the chat names none.
  chosen: string | null;
  /// It can be seen, and not changed.
  settled: boolean;
  onChoose: (model: string) => void;
}

export function ModelPicker({ chosen, settled, onChoose }: ModelPickerProps) {
  const { t } = useLingui();
  const { data: models = [] } = useQuery(modelsQuery);
  const [searching, setSearching] = useState(false);
  const detail = useModelDetail();
  const standard = useStandardModel();
  const current = models.find(({ id }) => id === chosen) ?? standard;
  if (current === undefined || current.provider === "builtin") return null;
  if (models.length === 1 || settled) {
    return (
      <span title={detail(current)} className="truncate px-2 text-small text-quiet">
        {current.name}
      </span>
    );
  }
  const isLong = models.length > mostInMenu;
  const button = (
    <button
      type="button"
      aria-label={t`Model: ${current.name}`}
      aria-haspopup={isLong ? "dialog" : undefined}
      onPointerEnter={isLong ? () => void loadFinder() : undefined}
      onClick={isLong ? () => setSearching(true) : undefined}
      className="flex h-7 touch:h-11 min-w-0 max-w-full items-center gap-1 rounded-control px-2 text-small text-quiet transition-colors hover:bg-hover hover:text-text"
    >
      <span className="truncate">{current.name}</span>
      <ChevronDown className="size-4 shrink-0" aria-hidden="true" />
    </button>
  );
  if (isLong) {
    return (
      <>
        {button}
        <Suspense>
          {searching && (
            <ModelFinder
              models={models}
              current={current}
              onChoose={onChoose}
              onClose={() => setSearching(false)}
            />
          )}
        </Suspense>
      </>
    );
  }
  return (
    <Menu side="top" trigger={button}>
      <MenuChoice
        value={current.id}
        options={models.map((model) => ({ value: model.id, label: model.name, detail: detail(model) }))}
        onChange={onChoose}
      />
    </Menu>
  );
}

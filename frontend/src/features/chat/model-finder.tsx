import { Trans, useLingui } from "@lingui/react/macro";
import { Check } from "lucide-react";
import { useState } from "react";
import type { Model } from "@/api/types";
import { Finder, type FinderOption } from "@/ui/finder";
import { useModelDetail } from "./model-detail";
import { modelsFound } from "./models-found";

interface ModelFinderProps {
  models: readonly Model[];
  current: Model;
  onChoose: (model: string) => void;
  onClose: () => void;
}

interface ModelOption extends FinderOption {
  model: Model;
}

/// A long list of models, searched by name, by who offers them and by what they can do.
export function ModelFinder({ models, current, onChoose, onClose }: ModelFinderProps) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const detail = useModelDetail();
  const options: ModelOption[] = modelsFound(models, text, detail).map((model) => ({
    id: model.id.replace(/\s/g, "-"),
    model,
    label: model.name,
    detail: detail(model),
    end: model.id === current.id && <Check aria-label={t`Chosen`} />,
  }));
  return (
    <Finder
      title={t`Model`}
      placeholder={t`Search models`}
      text={text}
      onText={setText}
      groups={[{ name: t`Models`, options }]}
      empty={<Trans>No model has this name.</Trans>}
      onChoose={({ model }) => {
        onChoose(model.id);
        onClose();
      }}
      onClose={onClose}
      onClosed={() => undefined}
    />
  );
}

import type { Model } from "@/api/types";

/// The models in which each word of the text occurs; those whose names begin with it stand first.
export function modelsFound(
  models: readonly Model[],
  text: string,
  detail: (model: Model) => string,
): Model[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const begins = (model: Model) => Number(model.name.toLowerCase().startsWith(words[0] ?? ""));
  return models
    .filter((model) => {
      const told = `${model.id} ${model.name} ${detail(model)}`.toLowerCase();
      return words.every((word) => told.includes(word));
    })
    .toSorted((one, other) => begins(other) - begins(one));
}

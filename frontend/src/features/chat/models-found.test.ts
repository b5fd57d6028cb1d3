import { expect, test } from "vitest";
import type { Model } from "@/api/types";
import { modelsFound } from "./models-found";

const model = (id: string, name = id): Model => ({
  id,
  name,
  provider: id.includes("/") ? (id.split("/")[0] ?? "") : "openai",
  default: false,
  context_window: null,
  capabilities: { vision: id.includes("v"), reasoning: false, tools: false },
});

const models = [model("gpt-4"), model("router/llama-3", "llama-3"), model("router/pixtral-v", "pixtral")];
const found = (text: string) =>
  modelsFound(models, text, ({ capabilities }) => (capabilities.vision ? "images" : "")).map(({ id }) => id);

test("all of them in their order where nothing is typed", () => {
  expect(found("  ")).toEqual(["gpt-4", "router/llama-3", "router/pixtral-v"]);
});

test("by name, by who offers it and by what it can do, in any case and order of words", () => {
  expect(found("LLAMA")).toEqual(["router/llama-3"]);
  expect(found("images router")).toEqual(["router/pixtral-v"]);
  expect(found("nothing like it")).toEqual([]);
});

test("a name that begins with the word stands above one that contains it", () => {
  expect(found("p")).toEqual(["router/pixtral-v", "gpt-4"]);
});

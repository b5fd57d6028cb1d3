import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dictate } from "./dictation";

let heard: PretendedRecognition;

/// Gives its last result only after it was stopped, as browsers do.
class PretendedRecognition {
  onresult: ((event: object) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  onend: (() => void) | null = null;
  start() {
    heard = this;
  }
  stop() {}
  abort() {
    this.onend?.();
  }
  hear(...parts: string[]) {
    this.onresult?.({ results: parts.map((transcript) => [{ transcript }]) });
  }
}

let told: string[];
const listen = () =>
  dictate("en-GB", { onText: (text) => told.push(text), onEnd: (end) => told.push(`(${end})`) });

beforeEach(() => {
  told = [];
  vi.stubGlobal("SpeechRecognition", PretendedRecognition);
});
afterEach(() => vi.unstubAllGlobals());

test("the words that a browser understands after the stop are written too", () => {
  const dictation = listen();
  heard.hear("why is");
  dictation.finish();
  heard.hear("why is", " the sky blue");
  heard.onend?.();
  expect(told).toEqual(["why is", "why is the sky blue", "(ended)"]);
});

test("once it is dropped nothing more is heard of it", () => {
  const dictation = listen();
  heard.hear("why");
  dictation.drop();
  heard.hear("why is the sky blue");
  heard.onend?.();
  expect(told).toEqual(["why"]);
});

test.each([
  ["not-allowed", "(forbidden)"],
  ["network", "(failed)"],
  ["no-speech", "(ended)"],
])("%s is told as %s", (error, end) => {
  listen();
  heard.onerror?.({ error });
  heard.onend?.();
  expect(told).toEqual([end]);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MemoryStorage } from "@/lib/memory-storage";
import { runHook } from "@/lib/run-hook";
import { authStore } from "@/lib/session";
import { draftForNewChat, drafts, useBoxDraft, useSavedDraft } from "./use-draft";

let page: EventTarget;

beforeEach(async () => {
  vi.useFakeTimers();
  page = new EventTarget();
  vi.stubGlobal("document", page);
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  vi.stubGlobal("localStorage", new MemoryStorage());
  vi.stubGlobal("fetch", async () => Response.json({ success: true, data: { user: { id: "u1" } } }));
  await authStore().login({ email: "reader@example.com", password: "a long enough passphrase" });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const look = () => page.dispatchEvent(new Event("visibilitychange"));

interface BoxInput {
  chatId: string | undefined;
  typed?: string;
}

/// A message box as it is used: its text is what it was left with, until somebody types.
function useBox({ chatId, typed }: BoxInput) {
  const draft = useBoxDraft(chatId);
  const text = typed ?? draft.text;
  useSavedDraft(draft, chatId, text);
  return text;
}

const openBox = () => runHook<BoxInput, string>(useBox, { chatId: undefined });

test("a tab that is looked at again leaves what another one has written", () => {
  const [typing, idle] = [openBox(), openBox()];
  typing.change({ chatId: undefined, typed: "half a thought" });
  look();
  expect(drafts()?.read(undefined)).toBe("half a thought");
  typing.end();
  look();
  idle.end();
  expect(drafts()?.read(undefined)).toBe("half a thought");
});

test("what is typed is saved after a moment, and goes along when the new chat gets its id", () => {
  const box = openBox();
  box.change({ chatId: undefined, typed: "and another thing" });
  expect(drafts()?.read(undefined)).toBe("");
  vi.advanceTimersByTime(200);
  expect(drafts()?.read(undefined)).toBe("and another thing");
  box.change({ chatId: "chat", typed: "and another thing" });
  expect(drafts()?.read(undefined)).toBe("");
  box.end();
  expect(drafts()?.read("chat")).toBe("and another thing");
  expect(openBox().result).toBe("");
});

test("what a new chat is to begin with goes below what was left there", () => {
  draftForNewChat("first");
  draftForNewChat("second");
  expect(openBox().result).toBe("first\n\nsecond");
});

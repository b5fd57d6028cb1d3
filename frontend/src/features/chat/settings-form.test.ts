import { beforeEach, expect, test, vi } from "vitest";
import type { Chat, ChatSettingsChange } from "@/api/types";
import { settingsForm } from "./settings-form";

/// A chat whose settings another tab may change as well.
let settings: Chat["settings"];
let saved: ChatSettingsChange[];
let answer: () => Promise<boolean>;
/// What outlasts the page.
let kept: string | null;

const known = () => settings;
const opened = () =>
  settingsForm(
    async (change) => {
      saved.push(change);
      const worked = await answer();
      if (worked) settings = { ...settings, ...change } as Chat["settings"];
      return worked;
    },
    {
      read: () => kept,
      write: (text) => {
        kept = text;
      },
    },
  );

beforeEach(() => {
  settings = { system_prompt: "Be brief." };
  saved = [];
  answer = async () => true;
  kept = null;
});

test("a prompt that is not saved is there when the page comes back, and gone from there once it is saved", async () => {
  opened().type("system_prompt", "Be exact.");
  const again = opened();
  expect(again.store.getState().typed).toEqual({ system_prompt: "Be exact." });
  expect(await again.leave(known)).toBe(true);
  expect(saved).toEqual([{ system_prompt: "Be exact." }]);
  expect(kept).toBeNull();
});

test("a prompt that is thrown away does not come back", () => {
  const form = opened();
  form.type("system_prompt", "Be exact.");
  form.clear();
  expect(opened().store.getState().typed).toEqual({});
});

test("what was typed is saved before the settings are left, all of it together", async () => {
  const form = opened();
  form.type("system_prompt", " Be exact. ");
  form.type("temperature", "0,3");
  form.type("max_tokens", "4,000");
  expect(await form.leave(known)).toBe(true);
  expect(saved).toEqual([{ system_prompt: "Be exact.", temperature: 0.3, max_tokens: 4_000 }]);
  expect(form.store.getState().typed).toEqual({});
});

test("what nobody touched is not saved, whatever another tab has set meanwhile", async () => {
  const form = opened();
  settings = { system_prompt: "Set in another tab." };
  expect(await form.leave(known)).toBe(true);
  expect(saved).toEqual([]);
});

test("a refusal keeps what was typed, and the settings open", async () => {
  const form = opened();
  answer = async () => false;
  form.type("system_prompt", "Be exact.");
  expect(await form.leave(known)).toBe(false);
  expect(form.store.getState().typed).toEqual({ system_prompt: "Be exact." });
  answer = async () => true;
  expect(await form.leave(known)).toBe(true);
  expect(settings.system_prompt).toBe("Be exact.");
});

test("a number that cannot be stays where it was typed, and the rest is saved", async () => {
  const form = opened();
  form.type("temperature", "2.5");
  form.type("system_prompt", "");
  expect(await form.leave(known)).toBe(false);
  expect(form.store.getState()).toEqual({ typed: { temperature: "2.5" }, refused: ["temperature"] });
  expect(saved).toEqual([{ system_prompt: null }]);
  form.type("temperature", "2");
  expect(form.store.getState().refused).toEqual([]);
  expect(await form.leave(known)).toBe(true);
});

test("what is being saved is not sent twice, and what is typed meanwhile is saved too", async () => {
  const form = opened();
  let arrive = (_: boolean) => {};
  answer = () =>
    new Promise((resolve) => {
      arrive = resolve;
    });
  form.type("system_prompt", "Be");
  const left = form.leave(known);
  await vi.waitFor(() => expect(saved).toHaveLength(1));
  form.type("system_prompt", "Be exact.");
  const closed = form.leave(known);
  answer = async () => true;
  arrive(true);
  expect(await left).toBe(true);
  expect(await closed).toBe(true);
  expect(saved).toEqual([{ system_prompt: "Be" }, { system_prompt: "Be exact." }]);
  expect(await form.leave(known)).toBe(true);
  expect(saved).toHaveLength(2);
});

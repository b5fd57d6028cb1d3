import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MemoryStorage } from "./memory-storage";
import { runHook } from "./run-hook";
import { useLocalStorage, writeLocalStorage } from "./use-local-storage";

let storage: MemoryStorage;

beforeEach(() => {
  storage = new MemoryStorage();
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("localStorage", storage);
});
afterEach(() => vi.unstubAllGlobals());

const theme = () => runHook((initial: string) => useLocalStorage("theme", initial), "system");

test("a value that nobody has set is the initial one, and nothing is stored", () => {
  const shown = theme();
  expect(shown.result[0]).toBe("system");
  expect(storage.getItem("theme")).toBeNull();
  shown.end();
});

test("what one sets all see, and so does who comes later", () => {
  const [one, other] = [theme(), theme()];
  act(() => one.result[1]("dark"));
  expect([one.result[0], other.result[0], theme().result[0]]).toEqual(["dark", "dark", "dark"]);
  act(() => writeLocalStorage("theme", "light"));
  expect([one.result[0], other.result[0]]).toEqual(["light", "light"]);
  expect(storage.getItem("theme")).toBe("light");
});

test("what another tab sets is seen, until the end", () => {
  const shown = theme();
  storage.setItem("theme", "dark");
  act(() => window.dispatchEvent(new Event("storage")));
  expect(shown.result[0]).toBe("dark");
  const heard = vi.fn(() => "system");
  shown.end();
  vi.stubGlobal("localStorage", { getItem: heard });
  act(() => window.dispatchEvent(new Event("storage")));
  expect(heard).not.toHaveBeenCalled();
});

test("the setter stays the same as long as the key does", () => {
  const shown = theme();
  const [, set] = shown.result;
  act(() => set("dark"));
  expect(shown.result[1]).toBe(set);
});

test("where nothing can be stored, the value lasts as long as the page", () => {
  vi.stubGlobal("localStorage", {
    getItem: () => null,
    setItem: () => {
      throw new Error("full");
    },
  });
  const shown = runHook(() => useLocalStorage("unstorable", "a"), null);
  act(() => shown.result[1]("b"));
  expect(shown.result[0]).toBe("b");
});

import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runHook } from "./run-hook";
import { useDebounce } from "./use-debounce";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const following = (text: string) => runHook((next: string) => useDebounce(next, 200), text);
const pass = (millis: number) => act(() => vi.advanceTimersByTime(millis));

test("the value follows once it has stood still for as long", () => {
  const debounced = following("t");
  expect(debounced.result).toBe("t");
  debounced.change("ti");
  pass(199);
  debounced.change("tide");
  pass(199);
  expect(debounced.result).toBe("t");
  pass(1);
  expect(debounced.result).toBe("tide");
  debounced.end();
});

test("what comes back in time never went, and nothing is left to happen after the end", () => {
  const debounced = following("tide");
  debounced.change("tides");
  pass(100);
  debounced.change("tide");
  pass(1_000);
  expect(debounced.result).toBe("tide");
  debounced.change("ebb");
  debounced.end();
  expect(vi.getTimerCount()).toBe(0);
});

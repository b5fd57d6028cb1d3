import { expect, test } from "vitest";
import { reachable } from "./reachable";

const path = "/reset-password#token";

test.each([
  ["http://localhost:8000", "https://chat.example.org", "https://chat.example.org"],
  ["http://localhost:8000", "http://localhost:9000", "http://localhost:8000"],
  ["https://chat.example.org", "http://10.0.0.7:8000", "https://chat.example.org"],
])("a link of %s is told at %s as one of %s", (known, origin, told) => {
  expect(reachable(known + path, origin)).toBe(told + path);
});

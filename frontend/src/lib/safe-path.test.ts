import { expect, test } from "vitest";
import { safePath } from "./safe-path";

test.each([
  ["/chat/1?a=b#c", "/chat/1?a=b#c"],
  [null, "/chat"],
  ["https://elsewhere.example", "/chat"],
  ["//elsewhere.example", "/chat"],
  ["/\\elsewhere.example", "/chat"],
  ["/\t/elsewhere.example", "/chat"],
  ["javascript:alert(1)", "/chat"],
])("after signing in, %s leads to %s", (next, path) => {
  expect(safePath(next)).toBe(path);
});

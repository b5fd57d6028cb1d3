import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");
const page = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
const section = page.split("## Where the web app's parts are")[1]?.split("\n## ")[0] ?? "";
const parts = [...section.matchAll(/^\| (`.+?`) \| \[.+?\]\((.+?)\)/gm)].flatMap(
  ([, names = "", path = ""]) => [...names.matchAll(/\w+/g)].map(([name]) => ({ name, path })),
);

test("every part is where the page says", () => {
  expect(parts.length).toBeGreaterThan(20);
  for (const { name, path } of parts) {
    const file = join(root, path);
    expect(existsSync(file), path).toBe(true);
    const exported = new RegExp(`export (?:function|const|interface|type) ${name}\\b`);
    expect(readFileSync(file, "utf8"), `${name} in ${path}`).toMatch(exported);
  }
});

test("each has the members that its name promises", () => {
  const members = {
    "frontend/src/lib/session.ts": ["user", "isAuthenticated", "login", "logout", "refreshToken"],
    "frontend/src/features/chat/chat-store.ts": [
      "currentChat",
      "chats",
      "messages",
      "isLoading",
      "sendMessage",
      "loadChats",
    ],
  };
  for (const [path, names] of Object.entries(members)) {
    const [, body = ""] =
      /export interface \w+Store \{([\s\S]*?)\n\}/.exec(readFileSync(join(root, path), "utf8")) ?? [];
    expect([...body.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name)).toEqual(names);
  }
});

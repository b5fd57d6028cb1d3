import { beforeEach, expect, test } from "vitest";
import { MemoryStorage } from "@/lib/memory-storage";
import { BoxDraft, Drafts } from "./drafts";

let storage: MemoryStorage;
const drafts = () => new Drafts(storage, "draft");
const boxIn = (chatId: string | undefined) => new BoxDraft(drafts, chatId);

beforeEach(() => {
  storage = new MemoryStorage();
});

test("each chat has a draft of its own, and an emptied one is gone", () => {
  drafts().write("chat", "half a thou");
  drafts().write(undefined, "another");
  expect(drafts().read("chat")).toBe("half a thou");
  expect(drafts().read(undefined)).toBe("another");
  drafts().write("chat", "  \n");
  expect(drafts().read("chat")).toBe("");
  expect(storage.entries.size).toBe(1);
});

test("a box finds what was left, and saves and erases what is typed in it", () => {
  boxIn("chat").save("half a thou");
  const box = boxIn("chat");
  expect(box.text).toBe("half a thou");
  box.save("half a thought");
  expect(boxIn("chat").text).toBe("half a thought");
  box.save("");
  expect(storage.entries.size).toBe(0);
});

test("a box in which nobody typed leaves what another tab has written", () => {
  const [typed, idle] = [boxIn(undefined), boxIn(undefined)];
  typed.save("a question");
  idle.save("");
  expect(drafts().read(undefined)).toBe("a question");
  const older = boxIn(undefined);
  typed.save("a longer question");
  older.save("a question");
  expect(drafts().read(undefined)).toBe("a longer question");
});

test("a box that is emptied erases its own text alone", () => {
  const [one, other] = [boxIn(undefined), boxIn(undefined)];
  one.save("from one tab");
  other.save("from another tab");
  one.save("");
  expect(drafts().read(undefined)).toBe("from another tab");
});

test("what is typed while a new chat gets its id goes with it, and is not offered in the next new chat", () => {
  const box = boxIn(undefined);
  box.save("and another thing");
  box.moveTo("chat", "and another thing?");
  expect(drafts().read("chat")).toBe("and another thing?");
  expect(drafts().read(undefined)).toBe("");
  box.save("");
  expect(storage.entries.size).toBe(0);
});

test("a box that gets an id leaves another tab's draft of a new chat, and one in that chat", () => {
  const box = boxIn(undefined);
  drafts().write(undefined, "from another tab");
  drafts().write("chat", "also from there");
  box.moveTo("chat", "");
  expect(drafts().read(undefined)).toBe("from another tab");
  expect(drafts().read("chat")).toBe("also from there");
});

test("who is signing out leaves nothing, and who signs in again goes on", () => {
  let signedIn = false;
  const box = new BoxDraft(() => (signedIn ? drafts() : null), "chat");
  box.save("a secret");
  expect(storage.entries.size).toBe(0);
  signedIn = true;
  box.save("a secret");
  expect(drafts().read("chat")).toBe("a secret");
});

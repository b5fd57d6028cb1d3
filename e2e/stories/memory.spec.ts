import { say, words } from "../servers/steps.ts";
import {
  answered,
  answers,
  ask,
  askInNewChat,
  expect,
  expectNoViolations,
  newQuestion,
  test,
} from "./support.ts";

/// The ending keeps questions apart; what is stated stands before it.
const stating = (statement: string) => newQuestion(`${statement} Fine?`);

test("what is said in one chat is known in the next, and past when it has changed", async ({
  page,
  account: _,
  model,
}) => {
  const [lyon, where, oslo] = [
    stating("I live in Lyon."),
    newQuestion("Which city do I live in?"),
    stating("I moved to Oslo."),
  ];
  for (const question of [lyon, where, oslo]) await model.answers(question, [say(words(1, 5))]);

  await askInNewChat(page, lyon);
  await answered(page);
  await expect(page.getByText(/^Remembered: .*Lyon/)).toBeVisible();

  await askInNewChat(page, where);
  await answered(page);
  await answers(page).getByRole("button", { name: "1 memory used" }).click();
  await expect(answers(page).getByRole("listitem").filter({ hasText: "Lyon" })).toBeVisible();

  await ask(page, oslo);
  await answered(page);
  await expect(page.getByText(/^Remembered: .*Oslo/)).toBeVisible();
  await page.goto("/memory");
  await expect(page.getByRole("main").getByRole("listitem")).toHaveText([/Oslo/]);
  await expect(page.getByRole("region", { name: "In short" })).toContainText("I live in Oslo.");
  await page.getByText("Past", { exact: true }).click();
  await expect(page.getByRole("main").getByRole("listitem")).toHaveText([/Lyon.*until/s]);
});

test("what was remembered is undone where it is told", async ({ page, account, model }) => {
  const known = async () =>
    (await (await account.api.get("/api/v1/memories/")).json()).data.items.map(
      ({ content }: { content: string }) => content,
    );
  for (const [said, city] of [
    ["I live in Lyon.", "Lyon"],
    ["I moved to Oslo.", "Oslo"],
  ] as const) {
    const question = stating(said);
    await model.answers(question, [say(words(1, 5))]);
    await askInNewChat(page, question);
    await expect(page.getByText(new RegExp(`^Remembered: .*${city}`))).toBeVisible();
  }
  await page.getByRole("button", { name: /^Forget .*Oslo/ }).click();
  await expect(page.getByText(/^Remembered: .*Oslo/)).toHaveCount(0);
  expect(await known()).toEqual(["I live in Lyon."]);
});

test("memories are written down, found, changed, pinned and forgotten", async ({ page, account: _ }) => {
  await page.goto("/memory");
  const list = page.getByRole("main").getByRole("listitem");
  const add = async (content: string) => {
    await page.getByLabel("Add a memory").fill(content);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(list.filter({ hasText: content })).toBeVisible();
  };
  await add("The boat is called Petrel.");
  await add("I prefer short answers.");
  await add("The tide tables hang in the kitchen.");

  await page.getByLabel("Search the memories").fill("boat");
  await expect(list.first()).toContainText("Petrel");
  await page.getByLabel("Search the memories").fill("");
  await expect(list).toHaveCount(3);

  const more = (content: string) => page.getByRole("button", { name: `More for “${content}”` });
  await more("The boat is called Petrel.").click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByLabel("Edit the memory").fill("The boat is called Gannet.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(list.filter({ hasText: "Gannet" })).toBeVisible();
  await expect(more("The boat is called Gannet.")).toBeFocused();

  await more("The boat is called Gannet.").click();
  await page.getByRole("menuitem", { name: "Pin", exact: true }).click();
  await expect(list.filter({ hasText: "Gannet" })).toContainText("Pinned");
  await more("The boat is called Gannet.").click();
  await page.getByRole("menuitem", { name: "History" }).click();
  const history = page.getByRole("dialog", { name: "History of a memory" });
  await expect(history.getByRole("listitem").first()).toContainText("Petrel");
  await expect(history.getByRole("listitem").nth(1)).toContainText("Gannet");
  await expectNoViolations(page, "history of a memory");
  await page.keyboard.press("Escape");

  await more("The boat is called Gannet.").click();
  await page.getByRole("menuitem", { name: "Forget" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Forget" }).click();
  await expect(list).toHaveCount(2);
  await expectNoViolations(page, "memories");

  await page.getByRole("button", { name: "Forget all" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Forget all" }).click();
  await expect(page.getByText("Nothing is remembered yet.")).toBeVisible();
});

test("who wants to be asked is asked, and who wants no memory has none", async ({ page, account, model }) => {
  const [asked, unasked, later] = [
    stating("I live in Lyon."),
    stating("I live in Oslo."),
    stating("My name is Ingrid."),
  ];
  for (const question of [asked, unasked, later]) await model.answers(question, [say(words(1, 5))]);
  await page.goto("/settings/memory");
  await page.getByText("Ask me first").click();
  await expect(page.getByText("Saved")).toBeVisible();

  await askInNewChat(page, asked);
  await expect(page.getByText(/^Remember “.*Lyon/)).toBeVisible();
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByText(/^Remembered: .*Lyon/)).toBeVisible();

  const remember = async (choice: string) => {
    await page.goto("/settings/memory");
    await page
      .getByRole("group", { name: "Remember across chats" })
      .getByText(choice, { exact: true })
      .click();
    await expect(page.getByText("Saved")).toBeVisible();
  };
  const memories = async (status: string) => {
    const { data } = await (await account.api.get(`/api/v1/memories/?status=${status}`)).json();
    return data.items.map(({ content }: { content: string }) => content);
  };
  await remember("Off");
  await askInNewChat(page, unasked);
  // What is said is learned after the answer, in its order: what came later has come to an end.
  await remember("On");
  await askInNewChat(page, later);
  await expect(page.getByText(/^Remembered: .*Ingrid/)).toBeVisible();
  expect(await memories("active")).toEqual([
    expect.stringContaining("Ingrid"),
    expect.stringContaining("Lyon"),
  ]);
  expect(await memories("pending")).toEqual([]);
});

import { say } from "../servers/steps.ts";
import {
  answered,
  answers,
  ask,
  askInNewChat,
  chatIdOf,
  chatLink,
  expect,
  messageBox,
  newQuestion,
  questions,
  sidebar,
  storedMessages,
  test,
} from "./support.ts";

test("a second chat stands beside the first, and each keeps its own", async ({ page, account: _ }) => {
  await askInNewChat(page, "What is a tide?");
  await expect(chatLink(page, "What is a tide?")).toBeVisible();
  await page.getByRole("button", { name: "New chat" }).click();
  await expect(messageBox(page)).toBeFocused();
  await ask(page, "What is a wave?");
  await expect(chatLink(page, "What is a wave?")).toBeVisible();
  await expect(questions(page)).toHaveText(["What is a wave?"]);

  await chatLink(page, "What is a tide?").click();
  await expect(questions(page)).toHaveText(["What is a tide?"]);
  await expect(page).toHaveTitle("What is a tide? · Parley");
  await page.goBack();
  await expect(questions(page)).toHaveText(["What is a wave?"]);
});

test("a chat is renamed, and Escape leaves the name as it was", async ({ page, account: _ }) => {
  await askInNewChat(page, "What is a tide?");
  await chatLink(page, "What is a tide?").hover();
  await page.getByRole("button", { name: "Options for What is a tide?" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  const title = sidebar(page).getByRole("textbox", { name: "Title" });
  await expect(title).toBeFocused();
  await title.fill("Tides");
  await title.press("Enter");
  await expect(chatLink(page, "Tides")).toBeFocused();
  await expect(page).toHaveTitle("Tides · Parley");

  await chatLink(page, "Tides").dblclick();
  await title.fill("Something else");
  await title.press("Escape");
  await page.reload();
  await expect(chatLink(page, "Tides")).toBeVisible();
});

test("a deleted chat can be brought back", async ({ page, account: _ }) => {
  await askInNewChat(page, "What is a tide?");
  const address = page.url();
  await chatLink(page, "What is a tide?").hover();
  await page.getByRole("button", { name: "Options for What is a tide?" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(chatLink(page, "What is a tide?")).toHaveCount(0);
  await expect(page).toHaveURL(/\/chat$/);
  await page.getByRole("button", { name: "Undo" }).click();
  await chatLink(page, "What is a tide?").click();
  await expect(questions(page)).toHaveText(["What is a tide?"]);

  await chatLink(page, "What is a tide?").hover();
  await page.getByRole("button", { name: "Options for What is a tide?" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/chat$/);
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "This chat does not exist" })).toBeVisible();
});

test("an edited question begins another branch, and both can be read", async ({ page, account, model }) => {
  const first = newQuestion("What is a tyde?");
  const second = newQuestion("What is a tide?");
  await model.answers(first, [say("I do not know that word.")], [say("I still do not know it.")]);
  await model.answers(second, [say("The sea that rises and falls.")]);
  await askInNewChat(page, first);
  await questions(page).hover();
  await questions(page).getByRole("button", { name: "Edit" }).click();
  await page.getByRole("textbox", { name: "Edit question" }).fill(second);
  await page.getByRole("textbox", { name: "Edit question" }).press("Enter");
  await expect(answers(page)).toContainText("The sea that rises and falls.");
  await answered(page);
  await expect(questions(page)).toHaveCount(1);
  await expect(questions(page)).toContainText("2/2");

  await page.reload();
  await expect(questions(page)).toContainText(second);
  await questions(page).hover();
  await questions(page).getByRole("button", { name: "Previous version" }).click();
  await expect(questions(page)).toContainText(first);
  await expect(answers(page)).toContainText("I do not know that word.");
  await page.reload();
  await expect(questions(page)).toContainText(first);

  await answers(page).getByRole("button", { name: "Regenerate" }).click();
  await expect(answers(page)).toContainText("I still do not know it.");
  await answered(page);
  await expect(answers(page)).toContainText("2/2");
  expect(await storedMessages(account, chatIdOf(page))).toMatchObject([
    { content: first },
    { content: "I still do not know it." },
  ]);
});

test("what was typed into a question that is changed survives a reload, and no cancelling", async ({
  page,
  account: _,
}) => {
  const question = newQuestion("What is a tyde?");
  const editor = page.getByRole("textbox", { name: "Edit question" });
  await askInNewChat(page, question);
  await questions(page).hover();
  await questions(page).getByRole("button", { name: "Edit" }).click();
  await editor.fill("What is a tide?");
  await editor.press("Escape");
  await page.reload();
  await expect(editor).toHaveValue("What is a tide?");

  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(questions(page)).toContainText(question);
  await page.reload();
  await expect(questions(page)).toContainText(question);
  await expect(editor).toHaveCount(0);
});

test("a draft survives a reload, one for each chat", async ({ page, account: _ }) => {
  await askInNewChat(page, "What is a tide?");
  const address = page.url();
  await messageBox(page).fill("Half a thought");
  await page.goto("/chat");
  await expect(messageBox(page)).toHaveValue("");
  await messageBox(page).fill("Another thought");
  await page.reload();
  await expect(messageBox(page)).toHaveValue("Another thought");
  await page.goto(address);
  await expect(messageBox(page)).toHaveValue("Half a thought");
});

test("chats are found by their words", async ({ page, account: _, model }) => {
  const question = newQuestion("What lives in a tide pool?");
  await model.answers(question, [say("Anemones, limpets and blennies.")]);
  await askInNewChat(page, question);
  await askInNewChat(page, "What is a wave?");
  await page.getByRole("searchbox", { name: "Search chats" }).click();
  const search = page.getByRole("searchbox", { name: "Search chats" });
  await expect(search).toBeFocused();
  await search.fill("limpets");
  await expect(sidebar(page).getByRole("listitem")).toHaveCount(1);
  await expect(sidebar(page).locator("mark")).toHaveText("limpets");
  await search.fill("nothing of the sort");
  await expect(page.getByText("Nothing was found.")).toBeVisible();
  await search.press("Escape");
  await expect(sidebar(page).getByRole("listitem").filter({ hasText: "?" })).toHaveCount(2);
});

test("an answer is written anew by another model", async ({ page, account, model }) => {
  const question = newQuestion("Who knows?");
  await model.answers(question, [say("The large one.")], [say("The small one.")]);
  await askInNewChat(page, question);
  await answers(page).getByRole("button", { name: "More" }).click();
  await expect(page.getByRole("menuitem", { name: /^Regenerate with/ })).toHaveCount(1);
  await page.getByRole("menuitem", { name: "Regenerate with gpt-oss-20b" }).click();
  await expect(answers(page)).toContainText("The small one.");
  await expect(answers(page)).toContainText("2/2");
  await answered(page);
  expect((await storedMessages(account, chatIdOf(page))).at(-1)).toMatchObject({
    content: "The small one.",
    metadata: { model: "gpt-oss-20b" },
  });
  await answers(page).getByRole("button", { name: "Previous version" }).click();
  await expect(answers(page)).toContainText("The large one.");
});

test("a message is deleted with all that follows it, once that is confirmed", async ({
  page,
  account,
  model,
}) => {
  const first = newQuestion("What stays?");
  const second = newQuestion("What goes?");
  await model.answers(first, [say("The beginning.")]);
  await model.answers(second, [say("The end.")]);
  await askInNewChat(page, first);
  await ask(page, second);
  await expect(answers(page).last()).toContainText("The end.");
  await answered(page);

  const remove = async () => {
    await questions(page).last().hover();
    await questions(page).last().getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
  };
  await remove();
  const dialog = page.getByRole("dialog", { name: "Delete this question?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(questions(page)).toHaveCount(2);

  await remove();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(questions(page)).toHaveText([first]);
  await expect(answers(page)).toHaveCount(1);
  await page.reload();
  await expect(answers(page)).toContainText("The beginning.");
  expect(await storedMessages(account, chatIdOf(page))).toHaveLength(2);
});

test("a judgement of an answer is kept", async ({ page, account: _, model }) => {
  const question = newQuestion("Was that good?");
  await model.answers(question, [say("I hope so.")]);
  await askInNewChat(page, question);
  const good = answers(page).getByRole("button", { name: "Good answer" });
  await good.click();
  await expect(good).toHaveAttribute("aria-pressed", "true");
  await page.reload();
  await expect(good).toHaveAttribute("aria-pressed", "true");
  await answers(page).getByRole("button", { name: "Bad answer" }).click();
  await expect(good).toHaveAttribute("aria-pressed", "false");
});

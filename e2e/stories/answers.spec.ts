import { cut, fail, hold, say, words } from "../servers/steps.ts";
import {
  answered,
  answers,
  ask,
  askInNewChat,
  chatIdOf,
  expect,
  loaded,
  messageBox,
  newQuestion,
  questions,
  shownTexts,
  storedMessages,
  test,
  watchAnswer,
} from "./support.ts";

test("an answer is shown once and whole, however often the page is reloaded meanwhile", async ({
  page,
  account,
  model,
}) => {
  const question = newQuestion("Tell it in three parts.");
  await model.answers(question, [
    say(words(1, 12)),
    hold(`${question} two`),
    say(` ${words(13, 24)}`),
    hold(`${question} three`),
    say(` ${words(25, 36)}`, 20),
  ]);
  const whole = words(1, 36);
  await watchAnswer(page);
  await page.goto("/chat");
  await ask(page, question);
  await expect(answers(page)).toHaveText(words(1, 12));

  await page.reload();
  await expect(answers(page)).toHaveText(words(1, 12));
  await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
  await page.reload();
  await expect(answers(page)).toHaveText(words(1, 12));
  await model.open(`${question} two`);
  await expect(answers(page)).toHaveText(words(1, 24));
  for (const text of await shownTexts(page)) expect(whole.startsWith(text), text).toBe(true);

  await model.open(`${question} three`);
  await page.reload();
  await answered(page);
  await expect(answers(page)).toHaveText(whole);
  await expect(questions(page)).toHaveText([question]);
  for (const text of await shownTexts(page)) expect(whole.startsWith(text), text).toBe(true);

  const stored = await storedMessages(account, chatIdOf(page));
  expect(stored).toMatchObject([{ content: question }, { content: whole, status: "complete" }]);
  expect(await model.timesAsked(question)).toBe(1);
});

test("the answer goes on while nobody looks, and the title of the chat follows", async ({
  page,
  account,
  model,
}) => {
  const question = newQuestion("Who is listening?");
  await model.answers(question, [say(words(1, 4)), hold(question), say(` ${words(5, 9)}`)]);
  await page.goto("/chat");
  await ask(page, question);
  await expect(answers(page)).toHaveText(words(1, 4));
  const address = page.url();
  const chatId = chatIdOf(page);
  await page.goto("about:blank");
  await model.open(question);
  await expect
    .poll(async () => (await storedMessages(account, chatId)).at(-1))
    .toMatchObject({ content: words(1, 9), status: "complete" });
  await page.goto(address);
  await expect(answers(page)).toHaveText(words(1, 9));
  await expect(page).toHaveTitle(/Who is listening.* · Parley$/);
});

test("stop keeps the text that was there", async ({ page, account, model }) => {
  const question = newQuestion("Will you ever end?");
  await model.answers(question, [say(words(1, 10)), hold(question), say(" never said")]);
  await page.goto("/chat");
  await ask(page, question);
  await expect(answers(page)).toHaveText(words(1, 10));
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(answers(page)).toContainText("Stopped.");
  await expect(answers(page)).toContainText(words(1, 10));
  await answered(page);
  await model.open(question);

  await page.reload();
  await expect(answers(page)).toContainText(words(1, 10));
  await expect(answers(page)).toContainText("Stopped.");
  expect(await storedMessages(account, chatIdOf(page))).toMatchObject([
    { content: question },
    { content: words(1, 10), status: "stopped" },
  ]);
});

test("a failure stands in its place, says that the question is saved, and can be retried", async ({
  page,
  account,
  model,
}) => {
  const question = newQuestion("Does it work the second time?");
  await model.answers(question, [fail(500)], [say(words(1, 6))]);
  await page.goto("/chat");
  await ask(page, question);
  await expect(questions(page)).toHaveText([question]);
  await expect(answers(page).getByRole("alert")).toContainText("Your message is saved.");
  await page.reload();
  await expect(answers(page).getByRole("alert")).toContainText("Your message is saved.");

  await answers(page).getByRole("button", { name: "Retry" }).click();
  await expect(answers(page)).toContainText(words(1, 6));
  await expect(answers(page).getByRole("alert")).toHaveCount(0);
  await expect(questions(page)).toHaveText([question]);
  await expect(answers(page)).toHaveCount(1);
  await answered(page);
  expect(await storedMessages(account, chatIdOf(page))).toMatchObject([
    { content: question },
    { content: words(1, 6), status: "complete" },
  ]);
});

test("an answer that breaks off keeps its text", async ({ page, account, model }) => {
  const question = newQuestion("Where does it break?");
  await model.answers(question, [say(words(1, 7)), hold(question), cut()]);
  await page.goto("/chat");
  await ask(page, question);
  await expect(answers(page)).toHaveText(words(1, 7));
  await model.open(question);
  await expect(answers(page).getByRole("alert")).toBeVisible();
  await expect(answers(page)).toContainText(words(1, 7));
  await expect(answers(page).getByRole("button", { name: "Retry" })).toBeEnabled();
  expect(await storedMessages(account, chatIdOf(page))).toMatchObject([
    { content: question },
    { content: words(1, 7), status: "failed" },
  ]);
  expect(await model.timesAsked(question)).toBe(1);
});

test("who answered instead, and that an answer was interrupted, stands below it", async ({
  page,
  account: _,
  model,
}) => {
  const question = newQuestion("Who is speaking?");
  await model.answers(question, [say(words(1, 4))], [say(words(5, 8))]);
  await askInNewChat(page, question);
  let change: object = { metadata: { model: "gpt-oss-20b", fallback: { from: "gpt-4", reason: "timeout" } } };
  await page.route("**/messages/?*", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    Object.assign(body.data.items.at(-1), change);
    await route.fulfill({ response, json: body });
  });
  await page.reload();
  await expect(answers(page)).toContainText("gpt-4 was not available; answered by gpt-oss-20b.");

  change = { status: "interrupted" };
  await page.reload();
  await expect(answers(page)).toContainText(words(1, 4));
  await expect(answers(page).getByRole("alert")).toContainText("What was written is kept.");
  await page.unroute("**/messages/?*");
  await answers(page).getByRole("button", { name: "Retry" }).click();
  await expect(answers(page)).toContainText(words(5, 8));
  await expect(answers(page).getByRole("alert")).toHaveCount(0);
});

test("code, tables and formulas are set, and copying gives the Markdown", async ({
  page,
  account: _,
  model,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const question = newQuestion("Show all of it.");
  const markdown = [
    "| Day | Tide |\n| --- | --- |\n| Monday | high |",
    "```js\nconst tide = 'high';\n```",
    "$$\nh(t) = A \\cos(\\omega t)\n$$",
  ].join("\n\n");
  await model.answers(question, [say(markdown)]);
  await askInNewChat(page, question);
  await expect(answers(page).getByRole("cell", { name: "Monday" })).toBeVisible();
  await expect(answers(page).locator("pre code")).toHaveText("const tide = 'high';");
  await expect(answers(page).locator("math")).toBeAttached();
  await answers(page).getByRole("button", { name: "Copy", exact: true }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(markdown);
});

test("what is typed while an answer is written waits, and is not lost", async ({
  page,
  account: _,
  model,
}) => {
  const question = newQuestion("Are you done?");
  const next = newQuestion("And now?");
  await model.answers(question, [say(words(1, 3)), hold(question)]);
  await model.answers(next, [say("Now it is.")]);
  await page.goto("/chat");
  await ask(page, question);
  await expect(answers(page)).toHaveText(words(1, 3));
  await ask(page, next);
  await expect(messageBox(page)).toHaveValue(next);
  await expect(page.getByText("The answer is still being written.")).toBeVisible();
  await model.open(question);
  await answered(page);
  await messageBox(page).press("Enter");
  await expect(questions(page)).toHaveText([question, next]);
  await expect(answers(page).last()).toContainText("Now it is.");
});

test("an answer is read plain until the code that sets it arrives", async ({ page, account: _, model }) => {
  const question = newQuestion("What is loud?");
  await model.answers(question, [say("A **gale** is."), hold(question), say(" And a *storm*.")]);
  let refused = 0;
  await page.route("**/assets/message-markdown-*", (route) => {
    refused += 1;
    return route.abort("connectionreset");
  });
  await page.goto("/chat");
  await ask(page, question);
  await expect(answers(page)).toContainText("A **gale** is.");
  await expect.poll(() => refused).toBeGreaterThan(1);
  await page.unroute("**/assets/message-markdown-*");
  await expect(answers(page).locator("strong")).toHaveText("gale");
  await model.open(question);
  await expect(answers(page)).toHaveText("A gale is. And a storm.");
  await answered(page);
});

test.describe("over a line that breaks", () => {
  test.use({ breakable: true });

  test("the answer is found again, and is whole", async ({ page, account: _, model, line }) => {
    const question = newQuestion("Can you hear me?");
    await model.answers(question, [say(words(1, 5)), hold(question), say(` ${words(6, 10)}`)]);
    await watchAnswer(page);
    await page.goto("/chat");
    await ask(page, question);
    await expect(answers(page)).toHaveText(words(1, 5));
    line.cut();
    await expect(page.getByText("The connection was lost. Reconnecting.")).toBeVisible();
    await expect(answers(page)).toContainText(words(1, 5));
    await model.open(question);
    line.mend();
    await answered(page);
    await expect(answers(page)).toHaveText(words(1, 10));
    for (const text of await shownTexts(page)) expect(words(1, 10).startsWith(text), text).toBe(true);
    expect(await model.timesAsked(question)).toBe(1);
  });

  test("a question that could not be sent is kept, and is sent once", async ({
    page,
    account: _,
    model,
    line,
  }) => {
    const question = newQuestion("Does this arrive?");
    await model.answers(question, [say(words(1, 5))]);
    await page.goto("/chat");
    await expect(messageBox(page)).toBeFocused();
    await loaded(page);
    line.cut();
    await ask(page, question);
    await expect(questions(page)).toHaveText([question]);
    await expect(
      page.getByText("The server cannot be reached. It is sent once the server answers."),
    ).toBeVisible();
    line.mend();
    await expect(answers(page)).toContainText(words(1, 5));
    await answered(page);
    await expect(questions(page)).toHaveText([question]);
    expect(await model.timesAsked(question)).toBe(1);
  });
});

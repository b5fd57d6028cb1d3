import type { Page } from "@playwright/test";
import { hold, say, think, words } from "../servers/steps.ts";
import {
  answered,
  answers,
  ask,
  askInNewChat,
  chatIdOf,
  expect,
  newQuestion,
  questions,
  storedMessages,
  test,
} from "./support.ts";

const more = async (page: Page, item: string) => {
  await answers(page).last().getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: item }).click();
};

test("thoughts are folded, with their time", async ({ page, account, model }) => {
  const question = newQuestion("How long do you think?");
  await model.answers(question, [
    think("First this, "),
    hold(`${question} 1`),
    think("then that."),
    hold(`${question} 2`),
    say(words(1, 3)),
    hold(`${question} 3`),
  ]);
  await page.goto("/chat");
  await ask(page, question);
  const thinking = answers(page).locator("summary");
  await expect(thinking).toHaveText(/^Thinking[1-9]\d* s$/);
  await model.open(`${question} 1`);
  await model.open(`${question} 2`);
  await expect(thinking).toHaveText(/^Thought for [1-9]\d* s$/);
  await expect(answers(page).getByText("First this, then that.")).toBeHidden();
  await thinking.click();
  await expect(answers(page).getByText("First this, then that.")).toBeVisible();
  await page.reload();
  await expect(thinking).toHaveText(/^Thought for [1-9]\d* s$/);
  const joined = await thinking.textContent();
  await model.open(`${question} 3`);
  await answered(page);
  await page.reload();
  await expect(thinking).toHaveText(/^Thought for [1-9]\d* s$/);
  expect(await thinking.textContent()).toBe(joined);
  const [, answer] = await storedMessages(account, chatIdOf(page));
  expect(joined).toBe(`Thought for ${Math.round(Number(answer?.metadata.reasoning_millis) / 1_000)} s`);
});

test("a chat continues elsewhere from one of its messages", async ({ page, account, model }) => {
  const first = newQuestion("Where do we sail?");
  const second = newQuestion("And after that?");
  await model.answers(first, [say("To the north.")]);
  await model.answers(second, [say("Home.")]);
  await askInNewChat(page, first);
  await ask(page, second);
  await expect(answers(page).last()).toContainText("Home.");
  await answered(page);
  const original = chatIdOf(page);

  await answers(page).first().hover();
  await answers(page).first().getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Continue in a new chat" }).click();
  await expect(page).not.toHaveURL(new RegExp(original));
  await expect(questions(page)).toHaveText([first]);
  await expect(answers(page)).toContainText("To the north.");
  expect(await storedMessages(account, chatIdOf(page))).toMatchObject([
    { content: first },
    { content: "To the north." },
  ]);
  expect(await storedMessages(account, original)).toHaveLength(4);
});

test("an answer is read aloud a sentence at a time, until it is stopped", async ({
  page,
  account: _,
  model,
}) => {
  await page.addInitScript(() => {
    const said: string[] = [];
    const voice = {
      speak: ({ text }: SpeechSynthesisUtterance) => said.push(text),
      cancel: () => said.push("silence"),
    };
    Object.assign(window, { said });
    Object.defineProperty(window, "speechSynthesis", { value: voice });
  });
  const question = newQuestion("What do you say?");
  await model.answers(question, [say("The **sea** rises. Does it fall?\n\n```js\nfall();\n```")]);
  await askInNewChat(page, question);
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
  await more(page, "Read aloud");
  expect(await said()).toEqual(["The sea rises.", "Does it fall?", "Code."]);
  await answers(page).getByRole("button", { name: "Stop reading" }).click();
  await expect(answers(page).getByRole("button", { name: "Stop reading" })).toHaveCount(0);
  expect((await said()).at(-1)).toBe("silence");
});

test("where the browser has no voice, nothing offers to read", async ({ page, account: _ }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "speechSynthesis", { value: undefined });
  });
  await askInNewChat(page, newQuestion("Are you mute?"));
  await answers(page).getByRole("button", { name: "More" }).click();
  await expect(page.getByRole("menuitem", { name: "Continue in a new chat" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Read aloud" })).toHaveCount(0);
});

test("the actions of a message are one stop, and the arrows lead through them", async ({
  page,
  account: _,
}) => {
  await askInNewChat(page, newQuestion("What can be done?"));
  const actions = answers(page).getByRole("toolbar", { name: "Message actions" });
  await actions.getByRole("button", { name: "Copy", exact: true }).focus();
  const focused = (name: string) => expect(actions.getByRole("button", { name, exact: true })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await focused("Regenerate");
  await page.keyboard.press("End");
  await focused("More");
  await page.keyboard.press("ArrowRight");
  await focused("Copy");
  await page.keyboard.press("ArrowLeft");
  await focused("More");
  await page.keyboard.press("Shift+Tab");
  await expect(actions.locator(":focus")).toHaveCount(0);
  await page.keyboard.press("Tab");
  await focused("More");
  await expect(actions.locator('button[tabindex="0"]')).toHaveCount(1);
});

test("what came of an answer stands below it", async ({ page, account: _, model }) => {
  const question = newQuestion("What became of it?");
  await model.answers(question, [say(words(1, 3))]);
  await askInNewChat(page, question);
  await answers(page).getByRole("button", { name: "More" }).click();
  await expect(page.getByRole("menu")).toContainText("gpt-oss-120b");
  await expect(page.getByRole("menu")).toContainText("3 tokens written");
  await expect(page.getByRole("menu")).toContainText(/\d+ tokens read/);

  const memories = ["01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002"];
  await page.route("**/messages/?*", async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    body.data.items.at(-1).metadata = { finish_reason: "length", takeovers: 1, memories };
    await route.fulfill({ response, json: body });
  });
  await page.reload();
  await expect(answers(page)).toContainText("reached its largest number of tokens");
  await expect(answers(page)).toContainText("it was begun anew");
  await expect(answers(page).getByRole("button", { name: "2 memories used" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "Parley" })).toBeAttached();
});

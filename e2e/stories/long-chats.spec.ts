import type { Page } from "@playwright/test";
import { say } from "../servers/steps.ts";
import { LongChat, landmark } from "./long-chat.ts";
import {
  answered,
  answers,
  ask,
  askInNewChat,
  chatIdOf,
  expect,
  messageBox,
  newQuestion,
  questions,
  test,
} from "./support.ts";

const viewport = (page: Page) => page.getByRole("log", { name: "Conversation" });
const articles = (page: Page) => page.getByRole("article");
const entry = (page: Page, index: number) => articles(page).filter({ hasText: landmark(index) });
const nodes = (page: Page) => page.evaluate(() => document.querySelectorAll("*").length);

/// Goes on to the edge of what is loaded until a message is there.
function scrollUntil(page: Page, way: "up" | "down", index: number) {
  return viewport(page).evaluate(
    async (view, { up, text }) => {
      const isThere = () =>
        [...view.querySelectorAll("article")].some((row) => row.textContent.includes(text));
      while (!isThere()) {
        view.scrollTo(0, up ? 0 : view.scrollHeight);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    { up: way === "up", text: landmark(index) },
  );
}

test("a link to a message opens the chat there, in the branch of the message", async ({
  page,
  account: { api },
  model,
}) => {
  const first = newQuestion("Where does the log begin?");
  const second = newQuestion("Where does the log end?");
  await model.answers(first, [say("In the harbour.")]);
  await model.answers(second, [say("In another harbour.")]);
  await askInNewChat(page, first);
  await questions(page).hover();
  await questions(page).getByRole("button", { name: "Edit" }).click();
  await page.getByRole("textbox", { name: "Edit question" }).fill(second);
  await page.getByRole("textbox", { name: "Edit question" }).press("Enter");
  await expect(answers(page)).toContainText("In another harbour.");
  await answered(page);
  const chatId = chatIdOf(page);
  const tree = await api.get(`/api/v1/chats/${chatId}/messages/?branch=all`);
  const { items } = (await tree.json()).data as { items: { id: string; content: string }[] };
  const hidden = items.find(({ content }) => content === "In the harbour.");

  await page.goto(`/chat/${chatId}?message=${hidden?.id}`);
  await expect(answers(page)).toContainText("In the harbour.");
  await expect(questions(page)).toContainText("1/2");
  await expect(answers(page)).toHaveAttribute("aria-current", "true");
  await expect(answers(page)).toBeFocused();
  await expect
    .poll(async () => (await (await api.get(`/api/v1/chats/${chatId}/`)).json()).data.current_message_id)
    .toBe(hidden?.id);

  const next = newQuestion("And then?");
  await model.answers(next, [say("To sea again.")]);
  await ask(page, next);
  await expect(answers(page).last()).toContainText("To sea again.");
  await expect(page).toHaveURL(new RegExp(`/chat/${chatId}$`));
  await expect(questions(page)).toHaveCount(2);
});

test("a link to a message that is gone opens the chat, and says so", async ({ page, account: _ }) => {
  await askInNewChat(page, newQuestion("Is it still there?"));
  await page.goto(`${page.url()}?message=01900000-0000-7000-8000-000000000000`);
  await expect(page.getByText("The message is not there any more.")).toBeVisible();
  await expect(answers(page)).toHaveCount(1);
});

test("a chat of ten thousand messages is held in part, and all of it can be reached", async ({
  page,
  account: { api },
}) => {
  const length = 10_000;
  const chat = await LongChat.open(page, api, length);
  await chat.visit(page);
  await expect(entry(page, length - 1)).toBeInViewport();
  expect(chat.pagesRead).toBeLessThanOrEqual(2);

  // Upwards, past what can be held at once.
  await scrollUntil(page, "up", length - 700);
  await expect(entry(page, length - 1)).toHaveCount(0);
  expect(await articles(page).count()).toBeLessThanOrEqual(500);
  expect(await nodes(page)).toBeLessThan(15_000);

  await page.getByRole("button", { name: "Go to the end" }).click();
  await expect(entry(page, length - 1)).toBeInViewport();

  // Into the middle, and on downwards.
  await chat.visit(page, 5_001);
  await expect(entry(page, 5_001)).toBeInViewport();
  await expect(entry(page, 5_001)).toHaveAttribute("aria-current", "true");
  await scrollUntil(page, "down", 5_500);
  await expect(entry(page, 5_001)).toHaveCount(0);
  expect(await nodes(page)).toBeLessThan(15_000);
});

test("the reading place stays while what lies above it is loaded and set", async ({
  page,
  account: { api },
}) => {
  const chat = await LongChat.open(page, api, 600);
  await chat.visit(page, 301);
  await expect(entry(page, 301)).toBeInViewport();
  const open = chat.holdPages();
  const { pagesRead } = chat;
  await viewport(page).evaluate((view) => view.scrollTo(0, 2_000));
  await expect.poll(() => chat.pagesRead).toBe(pagesRead + 1);
  // Rows around it may be set at this very moment.
  let place = await topRow(page);
  await expect
    .poll(async () => {
      const before = place;
      place = await topRow(page);
      return place.key === before.key && place.top === before.top;
    })
    .toBe(true);
  open();
  await expect(entry(page, 200)).toBeAttached();
  const row = page.locator(`[data-key="${place.key}"]`);
  const moved = () => row.evaluate((one, top) => Math.abs(one.getBoundingClientRect().top - top), place.top);
  await expect.poll(moved).toBeLessThan(2);
});

test("what was unfolded is so still when somebody comes back to it", async ({ page, account: { api } }) => {
  const chat = await LongChat.open(page, api, 600);
  await chat.visit(page, 311);
  await expect(entry(page, 311)).toBeInViewport();
  await entry(page, 301).getByText("Thought for 2 s").click();
  const thoughts = entry(page, 301).getByText("First the wind, then the sea.");
  await expect(thoughts).toBeVisible();

  // What has the focus stays as it is anyway.
  await messageBox(page).focus();
  await entry(page, 340).evaluate((row) => row.scrollIntoView());
  await expect(entry(page, 301).locator("details")).toHaveCount(0);
  await entry(page, 301).evaluate((row) => row.scrollIntoView());

  await expect(thoughts).toBeVisible();
});

/// The row at the upper edge of what is seen, and where it stands.
const topRow = (page: Page) =>
  viewport(page).evaluate((view) => {
    const edge = view.getBoundingClientRect().top;
    const rows = [...view.querySelectorAll("article")];
    const row = rows.find((one) => one.getBoundingClientRect().bottom > edge);
    return { key: row?.dataset.key ?? "", top: row?.getBoundingClientRect().top ?? 0 };
  });

import type { Page } from "@playwright/test";
import { say } from "../servers/steps.ts";
import { ManyChats } from "./many-chats.ts";
import {
  type Account,
  answered,
  answers,
  ask,
  askInNewChat,
  chatLink,
  expect,
  newQuestion,
  questions,
  sidebar,
  test,
  whenConnected,
} from "./support.ts";

const newChat = async ({ api }: Account, title: string): Promise<string> => {
  const response = await api.post("/api/v1/chats/", { data: { title } });
  expect(response.status()).toBe(201);
  return (await response.json()).data.id;
};

const choose = async (page: Page, title: string, what: string) => {
  await chatLink(page, title).hover();
  await page.getByRole("button", { name: `Options for ${title}` }).click();
  await page.getByRole("menuitem", { name: what }).click();
};

const titles = (page: Page) => sidebar(page).getByRole("listitem").getByRole("link");
const groups = (page: Page) => sidebar(page).getByRole("heading");

test("chats stand in one order wherever they are pinned, renamed and brought back", async ({
  page,
  account,
}) => {
  const connected = whenConnected(page);
  for (const title of ["First", "Second", "Third"]) await newChat(account, title);
  await page.goto("/chat");
  await connected;
  await expect(titles(page)).toHaveText(["Third", "Second", "First"]);

  await choose(page, "First", "Pin");
  await expect(titles(page)).toHaveText(["First", "Third", "Second"]);
  await expect(groups(page)).toHaveText(["Pinned", "Today"]);
  await choose(page, "Second", "Rename");
  await sidebar(page).getByRole("textbox", { name: "Title" }).fill("Second, renamed");
  await page.keyboard.press("Enter");
  await expect(titles(page)).toHaveText(["First", "Third", "Second, renamed"]);
  await choose(page, "Third", "Delete");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(titles(page)).toHaveText(["First", "Third", "Second, renamed"]);
  await choose(page, "First", "Unpin");
  await expect(titles(page)).toHaveText(["Third", "Second, renamed", "First"]);

  await page.reload();
  await expect(titles(page)).toHaveText(["Third", "Second, renamed", "First"]);
});

test("a deleted chat is gone at once, and stays so when the tab is closed", async ({
  page,
  account,
  context,
}) => {
  const id = await newChat(account, "Tides");
  await newChat(account, "Waves");
  await page.goto("/chat");
  await choose(page, "Tides", "Delete");
  await expect(page.getByText("The chat is deleted.")).toBeVisible();
  expect((await account.api.get(`/api/v1/chats/${id}/`)).status()).toBe(404);
  await page.close();

  const other = await context.newPage();
  await other.goto("/chat");
  await expect(titles(other)).toHaveText(["Waves"]);
  const restored = await account.api.post(`/api/v1/chats/${id}/restore/`);
  expect(restored.status()).toBe(200);
  await expect(titles(other)).toHaveText(["Waves", "Tides"]);
});

test("a notice that is pointed at waits", async ({ page, account }) => {
  await page.clock.install();
  await newChat(account, "Tides");
  await page.goto("/chat");
  await chatLink(page, "Tides").hover();
  await page.getByRole("button", { name: "Options for Tides" }).click();
  const remove = page.getByRole("menuitem", { name: "Delete" });
  await expect(remove).toBeVisible();
  // From here on time passes only as the story says, however long its steps take.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 60_000);
  await remove.click();
  const notice = page.getByText("The chat is deleted.");
  await notice.hover();
  await page.clock.runFor(30_000);
  await expect(notice).toBeVisible();
  await page.mouse.move(10, 10);
  await page.clock.runFor(9_000);
  await expect(notice).toBeVisible();
  await expect(async () => {
    await page.clock.runFor(1_000);
    await expect(notice).toHaveCount(0, { timeout: 500 });
  }).toPass();
});

test("the archive is a list of its own, which is searched, emptied and taken back from", async ({
  page,
  account,
}) => {
  await newChat(account, "Tides");
  await newChat(account, "Tidal waves");
  await newChat(account, "Tide tables");
  await page.goto("/chat");
  await choose(page, "Tides", "Archive");
  await choose(page, "Tidal waves", "Archive");
  await expect(titles(page)).toHaveText(["Tide tables"]);

  await page.getByRole("searchbox", { name: "Search chats" }).fill("tid");
  await expect(sidebar(page).locator("mark")).toHaveText(["Tide"]);
  await page.getByRole("button", { name: "Search the archive" }).click();
  await expect(sidebar(page).locator("mark")).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Search chats" }).press("Escape");
  await expect(titles(page)).toHaveText(["Tidal waves", "Tides"]);

  await choose(page, "Tides", "Delete");
  await choose(page, "Tidal waves", "Unarchive");
  await expect(page.getByText("No chat is archived.")).toBeVisible();
  await page.getByRole("button", { name: "Archived chats" }).click();
  await expect(titles(page)).toHaveText(["Tide tables", "Tidal waves"]);
});

test("a found message is opened where it stands, in a branch that is not shown", async ({
  page,
  account: _,
  model,
}) => {
  const first = newQuestion("What lives here?");
  const second = newQuestion("What else?");
  await model.answers(first, [say("Limpets and blennies.")]);
  await model.answers(second, [say("Nothing of note.")]);
  await askInNewChat(page, first);
  const address = page.url();
  await questions(page).hover();
  await questions(page).getByRole("button", { name: "Edit" }).click();
  await page.getByRole("textbox", { name: "Edit question" }).fill(second);
  await page.getByRole("textbox", { name: "Edit question" }).press("Enter");
  await expect(answers(page)).toContainText("Nothing of note.");
  await answered(page);
  await page.goto("/chat");

  await page.getByRole("searchbox", { name: "Search chats" }).fill("blennies");
  await expect(sidebar(page).locator("mark")).toHaveText("blennies");
  await titles(page).click();
  await expect(page).toHaveURL(new RegExp(`^${address}`));
  await expect(answers(page)).toContainText("Limpets and blennies.");
  await expect(questions(page)).toContainText(first);

  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Search chats and commands" });
  await expect(field).toBeFocused();
  await field.fill("note");
  const option = page.getByRole("option", { name: /Nothing of note/ });
  await expect(option).toBeVisible();
  await option.click();
  await expect(answers(page)).toContainText("Nothing of note.");
});

test("the chats beside the page are hidden and shown again, and so after a reload", async ({
  page,
  account: _,
}) => {
  await askInNewChat(page, "What is a tide?");
  const [hide, show] = [
    page.getByRole("button", { name: "Hide the chats" }),
    page.getByRole("button", { name: "Chats", exact: true }),
  ];
  await hide.press("Enter");
  await expect(show).toBeFocused();
  await show.press("Enter");
  await expect(hide).toBeFocused();
  await hide.press("Enter");
  await expect(sidebar(page)).toHaveCount(0);
  await expect(page.locator("header").getByText("What is a tide?")).toBeVisible();
  await page.reload();
  await expect(questions(page)).toHaveCount(1);
  await expect(sidebar(page)).toHaveCount(0);
  await page.keyboard.press("Control+b");
  await expect(chatLink(page, "What is a tide?")).toBeVisible();
});

test("ten thousand chats are a list that scrolls to its end and back", async ({ page, account }) => {
  const many = await ManyChats.open(page, 10_000);
  const connected = whenConnected(page);
  await page.goto("/chat");
  await connected;
  await expect(titles(page).first()).toHaveText("Chat number 1");
  const list = sidebar(page).getByRole("list");
  for (let pages = 1; pages <= 6; pages++) {
    await expect.poll(() => many.pagesRead).toBeGreaterThanOrEqual(pages);
    await list.evaluate((element) => element.parentElement?.scrollTo(0, element.scrollHeight));
  }
  expect(await titles(page).count()).toBeLessThan(60);

  await list.evaluate((element) => element.parentElement?.scrollTo(0, 0));
  await newChat(account, "Another one");
  await expect(titles(page).first()).toHaveText("Another one");
  await expect(titles(page).nth(1)).toHaveText("Chat number 1");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test("a chat is archived and found again in its sheet", async ({ page, account }) => {
    await newChat(account, "Tides");
    await page.goto("/chat");
    await page.getByRole("button", { name: "Chats", exact: true }).tap();
    await page.getByRole("button", { name: "Options for Tides" }).tap();
    await page.getByRole("menuitem", { name: "Archive" }).tap();
    await page.getByRole("button", { name: "Archived" }).tap();
    await chatLink(page, "Tides").tap();
    await expect(sidebar(page)).toHaveCount(0);
    await expect(page.locator("header").getByText("Tides")).toBeVisible();
    await ask(page, newQuestion("Still here?"));
    await answered(page);
  });
});

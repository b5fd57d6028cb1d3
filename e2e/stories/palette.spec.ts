import type { Page } from "@playwright/test";
import {
  answers,
  askInNewChat,
  chatLink,
  expect,
  messageBox,
  newQuestion,
  questions,
  sidebar,
  test,
} from "./support.ts";

const field = (page: Page) => page.getByRole("combobox", { name: "Search chats and commands" });
const option = (page: Page, name: string | RegExp) => page.getByRole("option", { name });

async function call(page: Page, typed: string) {
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(typed);
}

/// What is typed may be the name of something that is still being asked for.
async function take(page: Page, typed: string) {
  await call(page, typed);
  await expect(page.getByRole("option", { selected: true })).toContainText(
    new RegExp(typed.replaceAll(" ", ".*"), "i"),
  );
  await page.keyboard.press("Enter");
}

/// What a screen reader is told of: the option that the field names.
const chosen = async (page: Page) => {
  const id = await field(page).getAttribute("aria-activedescendant");
  return page.locator(`[id="${id}"]`);
};

test("a chat is opened by a word that was said in it", async ({ page, account: _ }) => {
  const question = newQuestion("Where do the herons nest?");
  await askInNewChat(page, question);
  await askInNewChat(page, "What is a tide?");
  await call(page, "herons");
  await expect(option(page, /herons nest/)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(questions(page)).toHaveText([question]);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the list is walked by arrows, and Escape gives the focus back to where it was", async ({
  page,
  account: _,
}) => {
  await askInNewChat(page, "What is a tide?");
  await messageBox(page).fill("half a thought");
  await page.keyboard.press("Control+k");
  await expect(option(page, "What is a tide?")).toHaveAttribute("aria-selected", "true");
  await expect(await chosen(page)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(option(page, "Rename the chat")).toHaveAttribute("aria-selected", "true");
  await expect(await chosen(page)).toHaveText("Rename the chat");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("option").last()).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("option").last()).toBeInViewport();
  await page.keyboard.type("zzz");
  await expect(page.getByRole("dialog").getByText("Nothing was found.")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(messageBox(page)).toBeFocused();
  await expect(messageBox(page)).toHaveValue("half a thought");
});

test("the chat on the screen is renamed, pinned, given another model, archived and deleted by keyboard", async ({
  page,
  account,
}) => {
  await askInNewChat(page, "What is a tide?");
  const chat = async () =>
    (await (await account.api.get(`/api/v1/chats/${page.url().split("/").at(-1)}/`)).json()).data;
  await take(page, "rena");
  await expect(page.getByRole("textbox", { name: "Title" })).toBeFocused();
  await page.keyboard.type("Tides");
  await page.keyboard.press("Enter");
  await expect(chatLink(page, "Tides")).toBeVisible();
  await expect(messageBox(page)).toBeFocused();

  await take(page, "pin");
  await expect(sidebar(page).getByRole("heading", { name: "Pinned" })).toBeVisible();
  await take(page, "20b");
  await expect(page.getByRole("button", { name: "Model: gpt-oss-20b" })).toBeVisible();
  await expect
    .poll(chat)
    .toMatchObject({ title: "Tides", is_pinned: true, settings: { model: "gpt-oss-20b" } });

  const address = page.url();
  await take(page, "arch");
  await expect(page).toHaveURL(/\/chat$/);
  await expect(chatLink(page, "Tides")).toHaveCount(0);
  await page.goto(address);
  await expect(answers(page)).toHaveCount(1);
  await take(page, "delete");
  await expect(page).toHaveURL(/\/chat$/);
  await expect(messageBox(page)).toBeFocused();
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  expect((await account.api.get(`/api/v1/chats/${address.split("/").at(-1)}/`)).status()).toBe(404);
});

test("settings, the theme and a new chat are reached from any page", async ({ page, account: _ }) => {
  await page.goto("/chat");
  await expect(messageBox(page)).toBeFocused();
  await take(page, "signed dev");
  await expect(page).toHaveURL(/\/settings\/devices$/);
  await expect(page.getByRole("heading", { name: "Signed-in devices" })).toBeFocused();
  await expect(page.getByRole("heading", { name: "Signed-in devices" })).toBeInViewport();
  await take(page, "dark th");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("Control+Shift+o");
  await expect(page).toHaveURL(/\/chat$/);
  await expect(messageBox(page)).toBeFocused();
});

test("the shortcuts are listed, and found in the menu of the account", async ({ page, account: _ }) => {
  await page.goto("/chat");
  await expect(messageBox(page)).toBeFocused();
  await page.keyboard.press("Control+/");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help.getByText("Search chats and commands")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await expect(messageBox(page)).toBeFocused();

  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("menuitem", { name: /^Keyboard shortcuts/ }).click();
  await expect(help).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("menuitem", { name: /^Commands/ }).click();
  await expect(field(page)).toBeFocused();
});

test("a key that is typed is only typed", async ({ page, account: _ }) => {
  await page.goto("/chat");
  await expect(messageBox(page)).toBeFocused();
  await page.keyboard.type("? / k O");
  await expect(messageBox(page)).toHaveValue("? / k O");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("who does not call it does not download it", async ({ page, account: _ }) => {
  const files: string[] = [];
  page.on("request", (request) => files.push(request.url()));
  await askInNewChat(page, "What is a tide?");
  expect(files.filter((file) => /palette|finder|shortcut-help/.test(file))).toEqual([]);
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  expect(files.filter((file) => /command-palette/.test(file))).not.toEqual([]);
});

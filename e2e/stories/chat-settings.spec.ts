import type { Page } from "@playwright/test";
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
  test,
} from "./support.ts";

const dialog = (page: Page) => page.getByRole("dialog", { name: "Settings of this chat" });
const openSettings = (page: Page) => page.getByRole("button", { name: "Settings of this chat" }).click();
const palette = async (page: Page, typed: string) => {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Search chats and commands" })).toBeFocused();
  await page.keyboard.type(typed);
  await expect(page.getByRole("option", { selected: true })).toContainText(new RegExp(typed, "i"));
  await page.keyboard.press("Enter");
};
const done = (page: Page) => dialog(page).getByRole("button", { name: "Done" }).click();

test("a prompt that was not saved is there after a reload", async ({ page, account: _ }) => {
  await askInNewChat(page, "How warm is it?");
  await openSettings(page);
  await dialog(page).getByLabel("System prompt").fill("Answer as a lighthouse keeper would.");
  await page.reload();
  await openSettings(page);
  await expect(dialog(page).getByLabel("System prompt")).toHaveValue("Answer as a lighthouse keeper would.");
});

test("what is set before the first question reaches the model, and can be taken back", async ({
  page,
  account,
  model,
}) => {
  const first = newQuestion("How warm is it?");
  const second = newQuestion("And now?");
  await page.goto("/chat");
  await openSettings(page);
  await dialog(page)
    .getByRole("button", { name: /^Model/ })
    .click();
  await page.getByRole("menuitemradio", { name: /gpt-oss-20b/ }).click();
  await dialog(page).getByLabel("Temperature").fill("0,3");
  await dialog(page).getByLabel("Maximum tokens").fill("77");
  await dialog(page).getByLabel("System prompt").fill("Answer as a lighthouse keeper would.");
  await dialog(page).getByRole("group", { name: "Memory" }).getByText("Off", { exact: true }).click();
  await done(page);
  await expect(dialog(page)).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("button", { name: "Model: gpt-oss-20b" })).toBeVisible();

  await ask(page, first);
  await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);
  await answered(page);
  expect(await model.requestOf(first)).toMatchObject({
    model: "gpt-oss-20b",
    temperature: 0.3,
    max_tokens: 77,
    messages: expect.arrayContaining([
      { role: "system", content: expect.stringContaining("lighthouse keeper") },
    ]),
  });
  const stored = await account.api.get(`/api/v1/chats/${chatIdOf(page)}/`);
  expect((await stored.json()).data.settings).toEqual({
    model: "gpt-oss-20b",
    temperature: 0.3,
    max_tokens: 77,
    system_prompt: "Answer as a lighthouse keeper would.",
    memory_enabled: false,
  });

  await page.reload();
  await openSettings(page);
  await expect(dialog(page).getByLabel("Temperature")).toHaveValue("0.3");
  await expect(dialog(page).getByLabel("System prompt")).toHaveValue("Answer as a lighthouse keeper would.");
  await dialog(page).getByRole("button", { name: "Reset all" }).click();
  await expect(dialog(page).getByText("Saved")).toBeVisible();
  await expect(dialog(page).getByLabel("Temperature")).toHaveValue("");
  await done(page);
  await ask(page, second);
  await expect(answers(page)).toHaveCount(2);
  await answered(page);
  const request = (await model.requestOf(second)) as { model: string; messages: object[] };
  expect(request).toMatchObject({ model: "gpt-oss-120b", max_tokens: 2000, temperature: 0.7 });
  expect(JSON.stringify(request.messages)).not.toContain("lighthouse");
});

test("a number that cannot be is refused where it is typed, and a prompt is kept by closing", async ({
  page,
  account,
}) => {
  const made = await account.api.post("/api/v1/chats/", { data: { title: "Tides" } });
  const { id } = (await made.json()).data;
  const settings = async () =>
    (await (await account.api.get(`/api/v1/chats/${id}/`)).json()).data.settings as object;
  await page.goto("/chat");
  await chatLink(page, "Tides").click();
  await expect(page).toHaveURL(`/chat/${id}`);
  await openSettings(page);
  await dialog(page).getByLabel("Temperature").fill("2.5");
  await dialog(page).getByLabel("Temperature").press("Enter");
  await expect(dialog(page).getByText("A number from 0 to 2.")).toBeVisible();
  await expect(dialog(page).getByLabel("Temperature")).toHaveAttribute("aria-invalid", "true");
  await dialog(page).getByLabel("Temperature").fill("1");
  await dialog(page).getByLabel("Temperature").press("Enter");
  await expect(dialog(page).getByLabel("Temperature")).not.toHaveAttribute("aria-invalid");
  await expect.poll(settings).toEqual({ temperature: 1 });
  await dialog(page).getByLabel("Maximum tokens").fill("0");
  await done(page);
  await expect(dialog(page).getByLabel("Maximum tokens")).toBeFocused();
  await dialog(page).getByLabel("Maximum tokens").fill("");
  await dialog(page).getByLabel("System prompt").fill("Be brief.");
  await page.route(`**/api/v1/chats/${id}/`, (route) =>
    route.request().method() === "PATCH" ? route.abort() : route.fallback(),
  );
  await page.keyboard.press("Escape");
  await expect(dialog(page).getByText("The server could not be reached.")).toBeVisible();
  await expect(dialog(page).getByLabel("System prompt")).toHaveValue("Be brief.");
  await page.unroute(`**/api/v1/chats/${id}/`);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect.poll(settings).toEqual({ temperature: 1, system_prompt: "Be brief." });

  // Another chat below the dialog is not given what was typed for this one.
  await openSettings(page);
  await dialog(page).getByLabel("System prompt").fill("Be exact.");
  await page.goBack();
  await expect(page).toHaveURL(/\/chat$/);
  await expect(dialog(page).getByLabel("System prompt")).toHaveValue("");
  await expect.poll(settings).toEqual({ temperature: 1, system_prompt: "Be exact." });
});

test("a temporary chat stands in no list, also after a reload before it began", async ({ page, account }) => {
  const question = newQuestion("What should nobody find?");
  await page.goto("/chat");
  const temporary = page.getByRole("button", { name: "Temporary chat" });
  await temporary.click();
  await expect(page.getByText("This chat will be temporary")).toBeVisible();
  await page.reload();
  await expect(temporary).toHaveAttribute("aria-pressed", "true");

  await ask(page, question);
  await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);
  await answered(page);
  await expect(page.getByText("Temporary", { exact: true })).toBeVisible();
  await expect(sidebar(page).getByText("Your chats will stand here.")).toBeVisible();
  for (const query of ["", "?archived=true", "?q=nobody"]) {
    const listed = await account.api.get(`/api/v1/chats/${query}`);
    expect((await listed.json()).data.items, query).toEqual([]);
  }
  await page.reload();
  await expect(questions(page)).toHaveText([question]);
  await expect(page.getByText("Temporary", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "New chat" }).click();
  await expect(temporary).toHaveAttribute("aria-pressed", "false");
});

test("a temporary chat and its settings are called from any page", async ({ page, account: _ }) => {
  await page.goto("/settings");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await palette(page, "temporary");
  await expect(page).toHaveURL(/\/chat$/);
  await expect(messageBox(page)).toBeFocused();
  await expect(page.getByRole("button", { name: "Temporary chat" })).toHaveAttribute("aria-pressed", "true");

  await palette(page, "20b");
  await expect(page.getByRole("button", { name: "Model: gpt-oss-20b" })).toBeVisible();
  await palette(page, "settings of this");
  await expect(
    dialog(page).getByText("A temporary chat neither reads nor writes your memory."),
  ).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(messageBox(page)).toBeFocused();
});

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import {
  answered,
  ask,
  askInNewChat,
  expect,
  messageBox,
  newEmail,
  newQuestion,
  password,
  test,
} from "./support.ts";

const part = (page: Page, title: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: title }) });

test("a name is kept, and one that is taken is told at its field", async ({
  page,
  account: _,
  playwright,
  baseURL,
}) => {
  const taken = `taken-${Date.now()}`;
  const other = await playwright.request.newContext({ baseURL });
  const registered = await other.post("/api/v1/auth/register", {
    data: { email: newEmail(), password, username: taken },
  });
  expect(registered.status()).toBe(201);
  await other.dispose();

  await page.goto("/settings/profile");
  const profile = part(page, "Profile");
  await profile.getByLabel("First name").fill("Ada");
  await profile.getByLabel("Username").fill(taken);
  await profile.getByRole("button", { name: "Save" }).click();
  await expect(profile.getByText("This name is taken.")).toBeVisible();
  await profile.getByLabel("Username").fill(`${taken}-not`);
  await profile.getByRole("button", { name: "Save" }).click();
  await expect(profile.getByText("Saved")).toBeVisible();
  await page.goto("/chat");
  await expect(page.getByRole("button", { name: "Account: Ada" })).toBeVisible();
});

test("a new password signs every other device out", async ({ page, account, elsewhere }) => {
  await elsewhere.goto("/chat");
  await expect(messageBox(elsewhere)).toBeVisible();
  await page.goto("/settings/password");
  const form = part(page, "Password");
  await form.getByLabel("Current password").fill("not the passphrase");
  await form.getByLabel("New password").fill("another long passphrase");
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(form.getByText("This is not your current password.")).toBeVisible();
  await form.getByLabel("Current password").fill(account.password);
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(form.getByText("Saved")).toBeVisible();
  await expect(elsewhere.getByRole("dialog", { name: "Your session has ended" })).toBeVisible();
});

test("other devices are seen and signed out, one and all", async ({
  page,
  account,
  elsewhere,
  playwright,
  baseURL,
}) => {
  await elsewhere.goto("/chat");
  await expect(messageBox(elsewhere)).toBeVisible();
  const third = await playwright.request.newContext({ baseURL, userAgent: "curl/8" });
  const entered = await third.post("/api/v1/auth/login", {
    data: { email: account.email, password: account.password },
  });
  expect(entered.status()).toBe(200);

  await page.goto("/settings/devices");
  const devices = part(page, "Signed-in devices");
  await expect(devices.getByRole("listitem")).toHaveCount(3);
  await devices.getByRole("button", { name: /^Sign out curl/ }).click();
  await expect(devices.getByRole("listitem")).toHaveCount(2);
  await devices.getByRole("button", { name: "Sign out all other devices" }).click();
  await expect(devices.getByRole("listitem")).toHaveText([/This device/]);
  await expect(devices.getByRole("button", { name: "Sign out all other devices" })).toHaveCount(0);
  await expect(elsewhere.getByRole("dialog", { name: "Your session has ended" })).toBeVisible();
  await third.dispose();
});

test("the model and the instructions for all chats reach the model", async ({ page, account, model }) => {
  const question = newQuestion("Who are you?");
  await page.goto("/settings/answers");
  const settings = part(page, "Answers");
  await settings.getByRole("button", { name: /choice/ }).click();
  await page.getByRole("menuitemradio", { name: /^gpt-oss-20b/ }).click();
  await expect(settings.getByText("Saved")).toBeVisible();
  await settings.getByLabel("Custom instructions").fill("I am a marine biologist.");
  await settings.getByRole("button", { name: "Save" }).click();
  const instructions = async () => {
    const { data } = await (await account.api.get("/api/v1/users/profile/")).json();
    return data.preferences.custom_instructions;
  };
  await expect.poll(instructions).toBe("I am a marine biologist.");

  await page.getByRole("link", { name: "Back to the chats" }).click();
  await expect(page.getByRole("button", { name: "Model: gpt-oss-20b" })).toBeVisible();
  await ask(page, question);
  await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);
  await answered(page);
  expect(await model.requestOf(question)).toMatchObject({
    model: "gpt-oss-20b",
    messages: expect.arrayContaining([
      { role: "system", content: expect.stringContaining("I am a marine biologist.") },
    ]),
  });
});

test("instructions that are not saved yet survive a reload, and no sign-out", async ({
  page,
  account: _,
}) => {
  const kept = () => page.evaluate(() => JSON.stringify(localStorage));
  await page.goto("/settings/answers");
  const box = part(page, "Answers").getByLabel("Custom instructions");
  const save = part(page, "Answers").getByRole("button", { name: "Save" });
  await box.fill("I am a marine biologist.");
  await page.reload();
  await expect(box).toHaveValue("I am a marine biologist.");
  await save.click();
  await expect(save).toBeDisabled();
  await expect.poll(kept).not.toContain("marine");
  await box.fill("I am a secret agent.");
  await expect.poll(kept).toContain("secret");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/\/$/);
  expect(await kept()).not.toContain("secret");
});

test("everything is taken along, also by a session that has grown old", async ({
  page,
  account,
  context,
}) => {
  const question = newQuestion("What shall I keep?");
  await askInNewChat(page, question);
  await page.goto("/settings/data");
  await expect(page.getByRole("heading", { name: "Your data" })).toBeFocused();
  await context.clearCookies({ name: "parley_access" });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export everything" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("parley-export.json");
  const file = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(file.profile.email).toBe(account.email);
  expect(file.chats).toHaveLength(1);
  expect(JSON.stringify(file.chats[0].messages)).toContain(question);
});

test("an account is deleted with its password, and everything with it", async ({ page, account }) => {
  await page.goto("/settings/data");
  await page.getByRole("button", { name: "Delete account" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete your account" });
  await expect(dialog.getByText("This cannot be undone.")).toBeVisible();
  await dialog.getByLabel("Your password").fill("not the passphrase");
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await expect(dialog.getByText("This is not your password.")).toBeVisible();
  await dialog.getByLabel("Your password").fill(account.password);
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const entered = await page.request.post("/api/v1/auth/login", {
    data: { email: account.email, password: account.password },
  });
  expect(entered.status()).toBe(401);
});

test("each part has an address, and a place in the list beside them", async ({ page, account: _ }) => {
  await page.goto("/settings");
  const list = page.getByRole("navigation", { name: "Parts of the settings" });
  await list.getByRole("link", { name: "Your data" }).click();
  await expect(page).toHaveURL(/\/settings\/data$/);
  await expect(page.getByRole("heading", { name: "Your data" })).toBeFocused();
  await expect(page.getByRole("heading", { name: "Your data" })).toBeInViewport();
  await list.getByRole("link", { name: "Appearance" }).click();
  await expect(page.getByRole("heading", { name: "Appearance" })).toBeInViewport();
});

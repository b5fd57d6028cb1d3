import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, mailTo, messageBox, test } from "./support.ts";

const part = (page: Page, title: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: title }) });

test("a key is made, shown once, used by a program, and taken back", async ({
  page,
  account: _,
  playwright,
  baseURL,
}) => {
  await page.goto("/settings/keys");
  const keys = part(page, "API keys");
  await keys.getByRole("button", { name: "New key" }).click();
  const wish = page.getByRole("dialog", { name: "New API key" });
  await wish.getByLabel("Name").fill("backup");
  await wish.getByLabel("Memories").uncheck();
  await wish.getByText("30 days").click();
  await wish.getByRole("button", { name: "Make key" }).click();
  const secret = await page
    .getByRole("dialog", { name: "Keep this key now" })
    .getByLabel("The key", { exact: true })
    .inputValue();
  await page.getByRole("button", { name: "I have kept it" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(keys.getByRole("listitem")).toHaveText([/backup.*Chats, Models.*Never used.*Until/]);
  await expect(page.getByText(secret)).toHaveCount(0);

  const program = await playwright.request.newContext({
    baseURL,
    extraHTTPHeaders: { Authorization: `Bearer ${secret}` },
  });
  expect((await program.get("/api/v1/chats/")).status()).toBe(200);
  expect((await program.get("/api/v1/memories/")).status()).toBe(403);
  await page.reload();
  await expect(keys.getByRole("listitem")).toHaveText([/Last used/]);

  await keys.getByRole("button", { name: "Delete the key backup" }).click();
  await page.getByRole("button", { name: "Delete key" }).click();
  await expect(keys.getByRole("listitem")).toHaveCount(0);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect((await program.get("/api/v1/chats/")).status()).toBe(401);
  await program.dispose();
});

test("a second factor is turned on, asked for at sign-in, and turned off with a recovery code", async ({
  page,
  account,
  context,
}) => {
  test.slow();
  await page.goto("/settings/second-factor");
  const factor = part(page, "Second factor");
  await factor.getByRole("button", { name: "Turn on" }).click();
  const password = page.getByRole("dialog", { name: "Turn on the second factor" });
  await password.getByLabel("Your password").fill(account.password);
  await password.getByRole("button", { name: "Go on" }).click();

  const setup = page.getByRole("dialog", { name: "Add Parley to your authenticator app" });
  await expect(setup.getByRole("img", { name: "The key as a picture" })).toBeVisible();
  const secret = (await setup.getByLabel("The key", { exact: true }).inputValue()).replaceAll(" ", "");
  await setup.getByLabel("Code").fill(otherThan(codesAround(secret)));
  await setup.getByRole("button", { name: "Turn on" }).click();
  await expect(setup.getByText("This is not the code that the app should show now.")).toBeVisible();
  await setup.getByLabel("Code").fill(code(secret, 0));
  await setup.getByRole("button", { name: "Turn on" }).click();
  const kept = page.getByRole("dialog", { name: "Keep these recovery codes" });
  await expect(kept.getByRole("listitem")).toHaveCount(10);
  const recovery = await kept.getByRole("listitem").allTextContents();
  await kept.getByRole("button", { name: "I have kept them" }).click();
  await expect(factor.getByText("10 recovery codes are left.")).toBeVisible();

  await context.clearCookies();
  await page.goto("/login?next=/settings/second-factor");
  await page.getByLabel("Email").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByLabel("Code")).toBeFocused();
  await page.getByLabel("Code").fill("not-a-code");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("This code is wrong, or was used already.")).toBeVisible();
  // The code that turned it on is used up; the next one is good already.
  await page.getByLabel("Code").fill(code(secret, 1));
  await page.getByRole("button", { name: "Sign in" }).click();

  await factor.getByRole("button", { name: "Turn off" }).click();
  const off = page.getByRole("dialog", { name: "Turn the second factor off" });
  await off.getByLabel("Your password").fill(account.password);
  await off.getByLabel("Code").fill(String(recovery[0]));
  await off.getByRole("button", { name: "Turn off" }).click();
  await expect(factor.getByRole("button", { name: "Turn on" })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a forgotten password is replaced by a link in a mail, and every device is signed out", async ({
  page,
  account,
  elsewhere,
  context,
}) => {
  test.slow();
  const key = await account.api.post("/api/v1/auth/keys", { data: { name: "a program" } });
  expect(key.status()).toBe(201);
  const path = "/api/v1/auth/second-factor";
  const prepared = await account.api.post(path, { data: { password: account.password } });
  const { secret } = (await prepared.json()).data;
  const turnedOn = await account.api.post(`${path}/confirm`, { data: { code: code(secret, 0) } });
  expect(turnedOn.status()).toBe(200);
  await elsewhere.goto("/chat");
  await expect(messageBox(elsewhere)).toBeVisible();
  await context.clearCookies();
  await page.goto("/login");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  // The page before has a field of the same name.
  await expect(page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  await page.getByLabel("Email").fill(account.email);
  await page.getByRole("button", { name: "Send the mail" }).click();
  await expect(page.getByText(`If there is an account with the email ${account.email}`)).toBeVisible();

  const link = /\/reset-password#\S+/.exec(await mailTo(account.email))?.[0] ?? "";
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill("another long passphrase");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Your new password is set")).toBeVisible();
  await expect(page.getByText("Your API keys are void too")).toBeVisible();
  await expect(page.getByText("Your second factor is void.")).toBeVisible();
  await expect(elsewhere.getByRole("dialog", { name: "Your session has ended" })).toBeVisible();

  await page.getByRole("main").getByRole("link", { name: "Sign in", exact: true }).click();
  await page.getByLabel("Email").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill("another long passphrase");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(messageBox(page)).toBeVisible();
});

test("where registration is closed nobody is led to it", async ({ page }) => {
  await page.route("**/api/v1/auth/entrance", (route) =>
    route.fulfill({
      json: { success: true, data: { registration: false, password_reset: false }, message: "" },
    }),
  );
  await page.goto("/");
  await expect(page).toHaveURL(/\/login$/);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Create one" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Forgot your password?" })).toHaveCount(0);
});

/// As an authenticator app has it, so many steps of 30 seconds from now.
function code(secret: string, later: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac("sha1", key).update(step).digest();
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 0xf) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

const codesAround = (secret: string) => [-2, -1, 0, 1, 2].map((later) => code(secret, later));

const otherThan = (codes: string[]) =>
  ["000000", "111111", "222222", "333333", "444444", "555555"].find((one) => !codes.includes(one)) ?? "";

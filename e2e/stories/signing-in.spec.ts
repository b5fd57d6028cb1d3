import { randomUUID } from "node:crypto";
import { say, words } from "../servers/steps.ts";
import {
  answered,
  answers,
  ask,
  chatIdOf,
  expect,
  messageBox,
  newQuestion,
  questions,
  storedMessages,
  test,
} from "./support.ts";

test("a wrong password is told in a sentence, and the email is kept", async ({ page, account, context }) => {
  await context.clearCookies();
  await page.goto("/login");
  await page.getByLabel("Email").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill("not the passphrase");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toHaveText("The email or the password is wrong.");
  await expect(page.getByLabel("Email")).toHaveValue(account.email);

  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(messageBox(page)).toBeFocused();
});

test("a taken email and a short password are told at their fields", async ({ page, account, context }) => {
  await context.clearCookies();
  await page.goto("/register");
  await page.getByLabel("Email").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill("password");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");

  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("An account with this email exists already.")).toBeVisible();
});

test("a protected page leads to sign-in and back", async ({ page, account, context }) => {
  await context.clearCookies();
  await page.goto("/settings?from=here");
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel("Email").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/settings\?from=here$/);
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
});

test("signing in leads nowhere outside of this site", async ({ page, account, context }) => {
  await context.clearCookies();
  await page.goto(`/login?next=${encodeURIComponent("//elsewhere.example/chat")}`);
  await page.getByLabel("Email").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/127\.0\.0\.1:\d+\/chat$/);
});

test("a session that ended elsewhere keeps what was typed, and sends it after signing in again", async ({
  page,
  account,
  model,
}) => {
  const question = newQuestion("What did I type?");
  await model.answers(question, [say(words(1, 8))]);
  await page.goto("/chat");
  await messageBox(page).fill(question);
  expect((await account.api.post("/api/v1/auth/logout")).status()).toBe(200);

  await messageBox(page).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog).toBeVisible();
  await expect(questions(page)).toHaveText([question]);
  await dialog.getByLabel("Password", { exact: true }).fill(account.password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(messageBox(page)).toBeFocused();

  await expect(answers(page)).toContainText("word8");
  await answered(page);
  expect(await model.timesAsked(question)).toBe(1);
});

test("signing out in one tab leaves none signed in, and erases the draft", async ({
  page,
  account,
  context,
}) => {
  const draft = `A secret ${randomUUID()}`;
  await page.goto("/chat");
  await messageBox(page).fill(draft);
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain(draft);
  const other = await context.newPage();
  await other.goto("/settings");
  await other.getByRole("button", { name: "Sign out" }).click();

  await expect(other).toHaveURL(/\/$/);
  await expect(page).toHaveURL(/\/$/);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(draft);
  expect((await account.api.get("/api/v1/auth/me")).status()).toBe(401);
});

test("an expired access token is renewed once for all tabs, unseen", async ({
  page,
  account,
  context,
  model,
}) => {
  const question = newQuestion("Who renews?");
  await model.answers(question, [say(words(1, 5))]);
  const other = await context.newPage();
  await context.clearCookies({ name: "parley_access" });
  let renewals = 0;
  context.on("request", (request) => {
    if (request.url().endsWith("/auth/refresh")) renewals += 1;
  });
  await Promise.all([page.goto("/chat"), other.goto("/chat")]);
  await expect(messageBox(page)).toBeVisible();
  await expect(messageBox(other)).toBeVisible();
  expect(renewals).toBe(1);

  await ask(page, question);
  await expect(answers(page)).toContainText("word5");
  await answered(page);
  const stored = await storedMessages(account, chatIdOf(page));
  expect(stored.map(({ content }) => content)).toEqual([question, words(1, 5)]);
});

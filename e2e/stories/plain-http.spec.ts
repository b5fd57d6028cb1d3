import type { Page } from "@playwright/test";
import { hold, say, words } from "../servers/steps.ts";
import {
  answered,
  answers,
  ask,
  expect,
  messageBox,
  newEmail,
  newQuestion,
  password,
  questions,
  test,
  whenConnected,
} from "./support.ts";

// A name in the house, which is not the machine itself: to a browser http is then no secure context.
const host = "parley.home.example";

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${host} 127.0.0.1`],
    }),
  baseURL: async ({ baseURL }, use) => use(baseURL?.replace("127.0.0.1", host)),
});

const register = async (page: Page) => {
  await page.goto("/register");
  await page.getByLabel("Email").fill(newEmail());
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(messageBox(page)).toBeFocused();
};

test("over plain HTTP in a network of one's own everything works that a browser allows there", async ({
  page,
  context,
  model,
}) => {
  await register(page);
  const missing = await page.evaluate(() => [
    isSecureContext,
    "locks" in navigator,
    "serviceWorker" in navigator,
    navigator.clipboard !== undefined,
    typeof crypto.randomUUID,
  ]);
  expect(missing).toEqual([false, false, false, false, "undefined"]);
  await expect(page.getByRole("button", { name: "Dictate" })).toHaveCount(0);

  const question = newQuestion("Do you hear me at home?");
  await model.answers(question, [say(words(1, 3)), hold(question), say(` ${words(4, 6)}`)]);
  await ask(page, question);
  await expect(answers(page)).toHaveText(words(1, 3));
  await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);
  const other = await context.newPage();
  const connected = whenConnected(other);
  await other.goto(page.url());
  await connected;
  await expect(answers(other)).toHaveText(words(1, 3));
  await model.open(question);
  await expect(answers(page)).toHaveText(words(1, 6));
  await expect(answers(other)).toHaveText(words(1, 6));
  await answered(page);

  await page.bringToFront();
  await answers(page).hover();
  await answers(page).getByRole("button", { name: "Copy", exact: true }).click();
  await expect(answers(page).getByRole("button", { name: "Copied" })).toBeVisible();
  await messageBox(page).focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(messageBox(page)).toHaveValue(words(1, 6));

  // Two tabs whose token has expired renew it together, by a lease in place of the browser's lock.
  await context.clearCookies({ name: "parley_access" });
  await Promise.all([page.reload(), other.reload()]);
  for (const tab of [page, other]) await expect(answers(tab)).toHaveText(words(1, 6));

  const next = newQuestion("And after that?");
  await model.answers(next, [say("Still here.")]);
  await messageBox(page).fill(next);
  await other.evaluate(() => fetch("/api/v1/auth/logout", { method: "POST" }));
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(messageBox(page)).toHaveValue(next);
  await messageBox(page).press("Enter");
  await expect(questions(page)).toHaveText([question, next]);
  await expect(answers(page).last()).toHaveText("Still here.");
  expect(await model.timesAsked(next)).toBe(1);
});

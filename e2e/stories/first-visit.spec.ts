import {
  answered,
  answers,
  chatIdOf,
  expect,
  messageBox,
  newEmail,
  password,
  questions,
  test,
} from "./support.ts";

test.use({ server: "builtin" });

test("a visitor registers, asks, reloads, signs out and comes back", async ({
  page,
  playwright,
  baseURL,
}) => {
  const email = newEmail();
  await page.goto("/");
  await page.getByRole("link", { name: "Create account" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();

  await expect(page).toHaveURL(/\/chat$/);
  await expect(messageBox(page)).toBeFocused();
  const question = "Show me what you can do";
  await page.getByRole("button", { name: question }).click();
  await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);
  await expect(questions(page)).toHaveText([question]);
  await expect(answers(page)).not.toBeEmpty();

  await page.reload();
  await expect(questions(page)).toHaveText([question]);
  await answered(page);
  await expect(answers(page)).toHaveCount(1);
  await expect(answers(page).getByRole("table")).toBeVisible();
  await expect(answers(page).locator("pre code").first()).toBeVisible();
  await expect(answers(page).locator("math").first()).toBeAttached();
  const shown = (await answers(page).textContent()) ?? "";
  const chatId = chatIdOf(page);

  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/$/);
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("Email").fill(email.toUpperCase());
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/chat$/);

  await page.goto(`/chat/${chatId}`);
  await expect(questions(page)).toHaveText([question]);
  await expect(answers(page)).toHaveText(shown);

  const stranger = await playwright.request.newContext({ baseURL });
  expect((await stranger.get(`/api/v1/chats/${chatId}/`)).status()).toBe(401);
  await stranger.dispose();
});

test("without a model a line says so, and leads to how to connect one", async ({ page, account: _ }) => {
  await page.goto("/chat");
  await expect(page.getByText("No model is configured.")).toBeVisible();
  const [manual] = await Promise.all([
    page.waitForEvent("popup"),
    page.getByRole("link", { name: "How to connect one" }).click(),
  ]);
  await expect(manual.getByText("OPENAI_API_KEY").first()).toBeVisible();
});

import { expect, expectNoViolations, messageBox, test } from "./support.ts";

test("an operator looks after people, and what was done stands in the log", async ({
  page,
  account: person,
  operator,
}) => {
  await operator.goto("/chat");
  await operator.getByRole("button", { name: /^Account:/ }).click();
  await operator.getByRole("menuitem", { name: "Administration" }).click();
  await expect(operator.getByRole("heading", { name: "Overview" })).toBeAttached();
  await operator.getByRole("link", { name: "People" }).click();
  await expect(operator.getByRole("heading", { name: "People" })).toBeAttached();
  await operator.getByRole("searchbox").fill(person.email);
  const row = operator.getByRole("row").filter({ hasText: person.email });
  await expect(operator.getByRole("row")).toHaveCount(2);
  await expectNoViolations(operator, "people");

  await row.getByRole("button", { name: person.email }).click();
  const sheet = operator.getByRole("dialog", { name: "A person's account" });
  await sheet.getByRole("button", { name: "Disable the account" }).click();
  await expect(sheet.getByRole("button", { name: "Enable the account" })).toBeVisible();
  await expectNoViolations(operator, "a person", (axe) => axe.include("[role=dialog]"));
  await operator.reload();
  await expect(sheet.getByRole("button", { name: "Enable the account" })).toBeVisible();

  await page.goto("/chat");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();

  await sheet.getByRole("button", { name: "Enable the account" }).click();
  await expect(sheet.getByRole("button", { name: "Disable the account" })).toBeVisible();
  await sheet.getByRole("link", { name: "What was done to this account" }).click();
  await expect(operator.getByRole("heading", { name: "Audit log" })).toBeVisible();
  const lines = operator.getByRole("row");
  await expect(lines.nth(1)).toContainText("Account enabled");
  await expect(lines.nth(2)).toContainText("Account disabled");
  await expect(lines.last()).toContainText("Account created");
  await expectNoViolations(operator, "audit log");
  await operator.getByLabel("What was done").selectOption("Account disabled");
  await expect(lines).toHaveCount(2);
  // The address holds who was looked at.
  await operator.goBack();
  await expect(sheet.getByRole("button", { name: "Disable the account" })).toBeVisible();

  await operator.goto("/admin/jobs");
  await expect(operator.getByRole("region", { name: "Kinds of background work" })).toContainText("purge");
  await expectNoViolations(operator, "background work");
  await operator.getByRole("link", { name: "Health" }).click();
  await expect(operator.getByRole("row").filter({ hasText: "database" })).toContainText("works");
  await expectNoViolations(operator, "health");
});

test("an operator makes a link to a new password, and takes API keys away with it", async ({
  page,
  account: person,
  operator,
  context,
  playwright,
  baseURL,
}) => {
  const { id } = (await (await person.api.get("/api/v1/auth/me")).json()).data;
  const made = await person.api.post("/api/v1/auth/keys/", { data: { name: "a program" } });
  const { key } = (await made.json()).data;
  const program = await playwright.request.newContext({
    baseURL,
    extraHTTPHeaders: { Authorization: `Bearer ${key}` },
  });
  await operator.goto(`/admin/users?user=${id}`);
  const sheet = operator.getByRole("dialog", { name: "A person's account" });
  await sheet.getByRole("checkbox", { name: "Delete their API keys too" }).check();
  await sheet.getByRole("button", { name: "Link to a new password" }).click();
  const wish = operator.getByRole("dialog", { name: "Make a link to a new password" });
  await expect(wish.getByText("Their API keys are deleted at once.")).toBeVisible();
  await expectNoViolations(operator, "a link", (axe) => axe.include("[role=dialog]"));
  await wish.getByRole("button", { name: "Make the link" }).click();
  const kept = operator.getByRole("dialog", { name: "Keep this link now" });
  const link = await kept.getByLabel("The link", { exact: true }).inputValue();
  await kept.getByRole("button", { name: "I have kept it" }).click();
  await expect(operator.getByText(link)).toHaveCount(0);
  await expect(sheet.getByRole("checkbox", { name: "Delete their API keys too" })).not.toBeChecked();
  expect((await program.get("/api/v1/chats/")).status()).toBe(401);
  await program.dispose();

  await context.clearCookies();
  await page.goto(link.slice(link.indexOf("/reset-password")));
  await page.getByLabel("New password", { exact: true }).fill("another long passphrase");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Your new password is set")).toBeVisible();

  await sheet.getByRole("link", { name: "What was done to this account" }).click();
  const lines = operator.getByRole("row");
  await expect(lines.filter({ hasText: "Link to a new password made" })).toHaveCount(1);
  await expect(lines.filter({ hasText: "All API keys deleted" })).toHaveCount(1);
});

test("an operator voids all ways into an account, and its person comes back by a link", async ({
  page,
  account: person,
  operator,
  context,
}) => {
  const { id } = (await (await person.api.get("/api/v1/auth/me")).json()).data;
  await page.goto("/chat");
  await expect(messageBox(page)).toBeVisible();
  await operator.goto(`/admin/users?user=${id}`);
  const sheet = operator.getByRole("dialog", { name: "A person's account" });
  await sheet.getByRole("button", { name: "Void all ways in" }).click();
  const asked = operator.getByRole("dialog", { name: "Void all ways in" });
  await expectNoViolations(operator, "void all ways in", (axe) => axe.include("[role=dialog]"));
  await asked.getByRole("button", { name: "Void them" }).click();
  await expect(operator.getByText("Nothing opens this account now.")).toBeVisible();
  await expect(asked).toHaveCount(0);
  await expect(page.getByRole("dialog", { name: "Your session has ended" })).toBeVisible();

  await sheet.getByRole("button", { name: "Link to a new password" }).click();
  await operator.getByRole("button", { name: "Make the link" }).click();
  const link = await operator.getByLabel("The link", { exact: true }).inputValue();
  await operator.getByRole("button", { name: "I have kept it" }).click();
  await context.clearCookies();
  await page.goto(link.slice(link.indexOf("/reset-password")));
  await page.getByLabel("New password", { exact: true }).fill("another long passphrase");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Your new password is set")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Sign in", exact: true }).click();
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill("another long passphrase");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(messageBox(page)).toBeVisible();

  await sheet.getByRole("link", { name: "What was done to this account" }).click();
  await expect(operator.getByRole("row").filter({ hasText: "All ways in voided" })).toHaveCount(1);
});

test("for others there is no administration", async ({ page, account }) => {
  await page.goto("/chat");
  await page.getByRole("button", { name: /^Account:/ }).click();
  await expect(page.getByRole("menuitem", { name: "Settings" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Administration" })).toHaveCount(0);
  expect((await account.api.get("/api/v1/admin/users/")).status()).toBe(403);

  await page.goto("/admin");

  await expect(page.getByRole("heading", { name: "There is no page here" })).toBeVisible();
});

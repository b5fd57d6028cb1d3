import { expect, expectNoViolations, test } from "./support.ts";

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

test("for others there is no administration", async ({ page, account }) => {
  await page.goto("/chat");
  await page.getByRole("button", { name: /^Account:/ }).click();
  await expect(page.getByRole("menuitem", { name: "Settings" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Administration" })).toHaveCount(0);
  expect((await account.api.get("/api/v1/admin/users/")).status()).toBe(403);

  await page.goto("/admin");

  await expect(page.getByRole("heading", { name: "There is no page here" })).toBeVisible();
});

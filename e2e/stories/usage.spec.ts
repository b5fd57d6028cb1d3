import { say } from "../servers/steps.ts";
import {
  answers,
  ask,
  expect,
  expectNoViolations,
  messageBox,
  newQuestion,
  questions,
  test,
} from "./support.ts";

test("an operator bounds what somebody uses, whose question waits until they may ask again", async ({
  page,
  account: person,
  operator,
  model,
}) => {
  const question = newQuestion("What is a quota?");
  await model.answers(question, [say("An amount.")]);
  const user = (await (await person.api.get("/api/v1/auth/me")).json()).data.id;
  await operator.goto(`/admin/users?user=${user}`);
  const sheet = operator.getByRole("dialog", { name: "A person's account" });
  await sheet.getByRole("button", { name: "Change the quota" }).click();
  await sheet.getByLabel("Tokens a day").fill("0");
  await sheet.getByLabel(/^Cost a month/).fill("2.50");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet.getByText("0 of 0 tokens")).toBeVisible();
  await expect(sheet.getByText(/\$0\.00 of .*\$2\.50/)).toBeVisible();
  await expectNoViolations(operator, "a person's quota", (axe) => axe.include("[role=dialog]"));

  await page.goto("/chat");
  await ask(page, question);
  await expect(page.getByText("You have used up your quota for today.")).toBeVisible();
  await expect(page.getByText("Your message is kept here and was not sent.")).toBeVisible();
  await expect(questions(page)).toContainText(question);
  expect(await model.timesAsked(question)).toBe(0);
  await page.reload();
  await expect(page.getByText("Your message is kept here and was not sent.")).toBeVisible();

  await sheet.getByRole("button", { name: "As for the role" }).click();
  await expect(sheet.getByText("What is set for everybody of this role counts.")).toBeVisible();
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(answers(page)).toContainText("An amount.");
  expect(await model.timesAsked(question)).toBe(1);

  await page.goto("/settings/usage");
  const usage = page.locator("section").filter({ has: page.getByRole("heading", { name: "Usage" }) });
  await expect(usage.getByText(/^[1-9][0-9]* tokens$/)).toHaveCount(2);
  await sheet.getByRole("link", { name: "What was done to this account" }).click();
  await expect(operator.getByRole("row").nth(1)).toContainText("Quota taken away");
  await expect(operator.getByRole("row").nth(2)).toContainText("Quota set");
});

test("the overview shows what the instance does, and who used most", async ({
  page,
  account: person,
  operator,
  model,
}) => {
  const question = newQuestion("Who uses most?");
  await model.answers(question, [say("You.")]);
  await page.goto("/chat");
  await ask(page, question);
  await expect(answers(page)).toContainText("You.");
  await expect(messageBox(page)).toBeVisible();

  await operator.goto("/admin");
  await expect(operator.getByRole("heading", { name: "Overview" })).toBeAttached();
  await expect(operator.getByRole("figure").filter({ hasText: "Messages" })).toBeVisible();
  await expectNoViolations(operator, "overview");
  await operator.getByText("Hour", { exact: true }).click();
  await expect(operator).toHaveURL(/period=hour/);
  await operator.getByText("These figures as a table").click();
  await expect(operator.getByRole("region", { name: "Figures" }).getByRole("row")).toHaveCount(13);
  await expectNoViolations(operator, "overview with its table");
  // What is wide scrolls in itself.
  await operator.setViewportSize({ width: 390, height: 844 });
  await expect
    .poll(() => operator.evaluate(() => document.documentElement.scrollWidth - innerWidth))
    .toBeLessThanOrEqual(0);
  await operator.setViewportSize({ width: 1280, height: 720 });
  await operator.getByText("30 days", { exact: true }).click();
  await expect(operator.getByRole("region", { name: "Figures" }).getByRole("row")).toHaveCount(31);
  await operator.getByRole("region", { name: "Who used most" }).getByRole("link").first().click();
  await expect(operator.getByRole("dialog", { name: "A person's account" })).toBeVisible();
  expect((await person.api.get("/api/v1/admin/overview")).status()).toBe(403);
});

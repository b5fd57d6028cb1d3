import { say } from "../servers/steps.ts";
import { expect, expectNoViolations, newQuestion, test } from "./support.ts";

test("an operator reads somebody's chats where that is allowed: the log says so, and the person is told", async ({
  page,
  account: person,
  model,
  operator,
}) => {
  const question = newQuestion("What do I owe?");
  const title = newQuestion("About money");
  const answer = "You owe **nothing**.";
  await model.answers(question, [say(answer)]);
  const { id: personId } = (await (await person.api.get("/api/v1/auth/me")).json()).data;
  const { id: chatId } = (await (await person.api.post("/api/v1/chats/", { data: { title } })).json()).data;
  const sent = await person.api.post(`/api/v1/chats/${chatId}/messages/`, { data: { content: question } });
  expect(sent.status()).toBe(201);
  const readings = async () => {
    const { data } = await (await operator.request.get(`/api/v1/admin/audit/?about=${personId}`)).json();
    return data.items
      .map(({ action }: { action: string }) => action)
      .filter((action: string) => action.startsWith("chat"));
  };

  await operator.route("**/api/v1/auth/entrance", (route) =>
    route.fulfill({
      json: {
        success: true,
        data: { registration: true, password_reset: true, provider: null, operators_read_chats: false },
        message: "",
      },
    }),
  );
  await operator.goto(`/admin/users?user=${personId}`);
  const sheet = operator.getByRole("dialog", { name: "A person's account" });
  await expect(sheet.getByRole("heading", { name: "Usage" })).toBeVisible();
  await expect(sheet.getByRole("button", { name: "Change the quota" })).toBeVisible();
  await expect(sheet.getByRole("button", { name: "Read the chats" })).toHaveCount(0);
  await operator.unroute("**/api/v1/auth/entrance");

  await operator.reload();
  await expect(sheet.getByText("Each reading is recorded in the audit log")).toBeVisible();
  expect(await readings()).toEqual([]);
  await sheet.getByRole("button", { name: "Read the chats" }).click();
  await expect(sheet.getByRole("heading", { name: `Chats of ${person.email}` })).toBeVisible();
  await expectNoViolations(operator, "somebody's chats", (axe) => axe.include("[role=dialog]"));
  await sheet.getByRole("button", { name: title }).click();
  await expect(sheet.getByText(question, { exact: true })).toBeVisible();
  await expect(sheet.getByText(answer, { exact: true })).toBeVisible();
  await expectNoViolations(operator, "somebody's chat", (axe) => axe.include("[role=dialog]"));
  expect(await readings()).toEqual(["chat.read", "chats.listed"]);

  await sheet.getByRole("button", { name: "Back to the chats" }).click();
  await expect(sheet.getByRole("button", { name: title })).toBeVisible();
  await sheet.getByRole("button", { name: "Back to the account" }).click();
  await sheet.getByRole("link", { name: "What was done to this account" }).click();
  const lines = operator.getByRole("row");
  await expect(lines.nth(1)).toContainText("Chat read by an operator");
  await expect(lines.nth(2)).toContainText("Chats listed by an operator");
  // What was there already was not asked for again.
  expect(await readings()).toEqual(["chat.read", "chats.listed"]);

  await page.goto("/settings/data");
  await expect(page.getByText("Operators of this server can read your chats")).toBeVisible();
});

import type { Locator, Page } from "@playwright/test";
import {
  answered,
  answers,
  chatLink,
  expect,
  messageBox,
  newEmail,
  password,
  sidebar,
  test,
} from "./support.ts";

/// Presses Tab until the focus has come to it.
async function tabTo(page: Page, target: Locator, key = "Tab") {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

test("everything is done by keyboard alone", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: "Create account" }));
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Email")).toBeFocused();
  await page.keyboard.type(newEmail());
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");

  await expect(messageBox(page)).toBeFocused();
  await page.keyboard.type("What is a tide?");
  await page.keyboard.press("Enter");
  await expect(messageBox(page)).toBeFocused();
  await expect(messageBox(page)).toHaveValue("");
  await expect(answers(page)).toContainText("word20");
  await answered(page);
  await expect(chatLink(page, "What is a tide?")).toBeVisible();

  await tabTo(page, page.getByRole("button", { name: "Options for What is a tide?" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(sidebar(page).getByRole("textbox", { name: "Title" })).toBeFocused();
  await page.keyboard.type("Tides");
  await page.keyboard.press("Enter");
  await expect(chatLink(page, "Tides")).toBeFocused();

  await page.keyboard.press("Control+Shift+o");
  await expect(page).toHaveURL(/\/chat$/);
  await expect(messageBox(page)).toBeFocused();
  await tabTo(page, chatLink(page, "Tides"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(answers(page)).toContainText("word20");

  // The actions of a message are one stop; the arrows lead through them.
  await tabTo(page, answers(page).getByRole("button", { name: "Copy", exact: true }));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(answers(page).getByRole("button", { name: "Good answer" })).toBeFocused();
  await page.keyboard.press("Space");
  await expect(answers(page).getByRole("button", { name: "Good answer" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );

  await tabTo(page, page.getByRole("button", { name: /^Account/ }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /^Account/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/$/);
});

test("the first stop skips to the content, and a code block can be scrolled", async ({
  page,
  account: _,
  model,
}) => {
  const question = "Show me a long line of code.";
  await model.answers(question, [
    {
      kind: "say",
      text: `\`\`\`js\nconst tides = [${"'high', 'low', ".repeat(40)}];\n\`\`\``,
      paceMillis: 0,
    },
  ]);
  await page.goto("/chat");
  await messageBox(page).fill(question);
  await messageBox(page).press("Enter");
  await answered(page);
  await expect(answers(page).locator("pre")).toBeVisible();
  await page.reload();
  await expect(answers(page).locator("pre")).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: "Skip to content" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  await tabTo(page, answers(page).locator("pre"));
});

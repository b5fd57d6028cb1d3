import { fail, hold, say, think, words } from "../servers/steps.ts";
import {
  answered,
  answers,
  ask,
  askInNewChat,
  expect,
  expectNoViolations,
  messageBox,
  newQuestion,
  questions,
  sidebar,
  test,
} from "./support.ts";

const markdown = [
  "# Tides\n\nThe sea rises and falls, see [the tables](https://example.com), ~~or not~~ and `h(t)`.",
  "| Day | Tide |\n| --- | --- |\n| Monday | high |",
  "```js\n// When it comes\nconst tide = (hour) => 'high' + 12 * hour;\n```",
  "$$\nh(t) = A \\cos(\\omega t)\n$$",
  "- [x] done\n- [ ] to do\n\n> So it is said.",
].join("\n\n");

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} theme, nothing is barred`, () => {
    // A colour on its way to another has no contrast of its own.
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("on the pages before sign-in", async ({ page }) => {
      await page.goto("/");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(answers(page).first()).toBeVisible();
      await expectNoViolations(page, "landing");
      await page.goto("/register");
      await expect(page.getByLabel("Email")).toBeVisible();
      await expectNoViolations(page, "register");
      await page.goto("/login");
      await page.getByLabel("Email").fill("nobody@example.com");
      await page.getByLabel("Password", { exact: true }).fill("not the passphrase");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      await expectNoViolations(page, "login, refused");
      await page.goto("/forgot-password");
      await expect(page.getByLabel("Email")).toBeVisible();
      await expectNoViolations(page, "forgotten password");
      await page.goto("/reset-password#a-token");
      await expect(page.getByLabel("New password", { exact: true })).toBeVisible();
      await expectNoViolations(page, "new password");
      await page.goto("/nowhere");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectNoViolations(page, "not found");
      await page.goto("/docs/models");
      await expectNoViolations(page, "manual");
    });

    test("in a chat", async ({ page, account: _, model }) => {
      await page.goto("/chat");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectNoViolations(page, "empty");
      await page.getByRole("button", { name: "Temporary chat" }).click();
      await expect(page.getByText("This chat will be temporary")).toBeVisible();
      await expectNoViolations(page, "empty, temporary");
      await page.getByRole("button", { name: "Settings of this chat" }).click();
      const settings = page.getByRole("dialog", { name: "Settings of this chat" });
      await settings.getByLabel("Temperature").fill("3");
      await settings.getByLabel("Temperature").press("Enter");
      await expect(settings.getByText("A number from 0 to 2.")).toBeVisible();
      await expectNoViolations(page, "settings of a chat");
      await settings.getByLabel("Temperature").fill("");
      await page.keyboard.press("Escape");
      await expect(settings).toHaveCount(0);
      await page.getByRole("button", { name: "New chat" }).click();

      const question = newQuestion("Show all of it.");
      await model.answers(question, [say(markdown)]);
      await askInNewChat(page, question);
      await expect(answers(page).locator("math")).toBeAttached();
      await expectNoViolations(page, "answer");
      await questions(page).hover();
      await expectNoViolations(page, "actions");
      await questions(page).getByRole("button", { name: "Edit" }).click();
      await expectNoViolations(page, "edit");
      await page.getByRole("button", { name: "Cancel" }).click();
      await sidebar(page)
        .getByRole("button", { name: /^Options/ })
        .click();
      await expect(page.getByRole("menu")).toBeVisible();
      // An open menu lies over the page and belongs to none of its regions.
      await expectNoViolations(page, "menu", (axe) => axe.disableRules("region"));
      await page.keyboard.press("Escape");
      await page.getByRole("searchbox").fill("sea");
      await expect(sidebar(page).locator("mark")).toBeVisible();
      await expectNoViolations(page, "search");
      await sidebar(page).getByRole("button", { name: "Search the archive" }).click();
      await expect(sidebar(page).getByText("Nothing was found.")).toBeVisible();
      await expectNoViolations(page, "archive");
      await page.getByRole("button", { name: "Hide the chats" }).click();
      await expect(sidebar(page)).toHaveCount(0);
      // The button that brings them back has the focus, and its tooltip lies over the page.
      await expectNoViolations(page, "chats hidden", (axe) => axe.disableRules("region"));
      await page.getByRole("button", { name: "Chats", exact: true }).click();
      await page.goto("/chat/00000000-0000-7000-8000-000000000000");
      await expect(page.getByRole("heading", { name: "This chat does not exist" })).toBeVisible();
      await expectNoViolations(page, "no such chat");
    });

    test("while an answer is awaited, written, thought about, and when it fails", async ({
      page,
      account: _,
      model,
    }) => {
      const question = newQuestion("Go on.");
      await model.answers(question, [
        hold(`${question} 1`),
        think("First this."),
        hold(`${question} 2`),
        say(words(1, 3)),
        hold(`${question} 3`),
      ]);
      await page.goto("/chat");
      await ask(page, question);
      await expect(page.getByText("Waiting for the answer")).toBeAttached();
      await expectNoViolations(page, "awaited");
      await model.open(`${question} 1`);
      await answers(page).getByText("Thinking").click();
      await expectNoViolations(page, "thinking");
      await model.open(`${question} 2`);
      await expect(answers(page)).toContainText(words(1, 3));
      await expectNoViolations(page, "written");
      await model.open(`${question} 3`);
      await answered(page);

      const failing = newQuestion("Fail.");
      await model.answers(failing, [fail(500)]);
      await ask(page, failing);
      await expect(page.getByRole("button", { name: "Retry" })).toBeVisible();
      await expectNoViolations(page, "failed");
    });

    test("in the settings", async ({ page, account: _ }) => {
      await page.goto("/settings");
      await expect(page.getByLabel("Custom instructions")).toBeVisible();
      await expectNoViolations(page, "settings");
      await page.goto("/memory");
      await expect(page.getByText("Nothing is remembered yet.")).toBeVisible();
      await expectNoViolations(page, "memory");
    });

    test("in the dialogs", async ({ page, account: _ }) => {
      await page.goto("/settings/keys");
      await page.getByRole("button", { name: "New key" }).click();
      const key = page.getByRole("dialog", { name: "New API key" });
      await expect(key).toBeVisible();
      await expectNoViolations(page, "new key");
      await key.getByLabel("Name").fill("My notebook");
      await key.getByRole("button", { name: "Make key" }).click();
      await expect(page.getByRole("dialog", { name: "Keep this key now" })).toBeVisible();
      await expectNoViolations(page, "the key that was made");
      await askInNewChat(page, newQuestion("What may be taken along?"));
      await answered(page);
      await sidebar(page)
        .getByRole("button", { name: /^Options/ })
        .click();
      await page.getByRole("menuitem", { name: "Export…" }).click();
      await expect(page.getByRole("dialog", { name: "Export this chat" })).toBeVisible();
      await expectNoViolations(page, "export");
    });

    test("where a page could not be shown", async ({ page, account: _ }) => {
      await page.route("**/assets/memory-page-*.js", (route) => route.abort());
      await page.goto("/memory");
      await expect(page.getByRole("heading", { name: "This page could not be shown" })).toBeVisible();
      await expectNoViolations(page, "error");
      await page.unroute("**/assets/memory-page-*.js");
      await page.getByRole("button", { name: "Load again" }).click();
      await expect(page.getByText("Nothing is remembered yet.")).toBeVisible();
    });

    test("on each page of the administration", async ({ operator }) => {
      await operator.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await operator.goto("/admin");
      const parts = operator.getByRole("navigation", { name: "Parts of the administration" });
      await expect(parts.getByRole("link").first()).toBeVisible();
      for (const part of await parts.getByRole("link").all()) {
        await part.click();
        await expect(part).toHaveAttribute("aria-current", "page");
        await expect(operator.locator("[aria-busy=true]")).toHaveCount(0);
        await expectNoViolations(operator, `administration, ${await part.textContent()}`);
      }
    });

    test("on a phone with its sheet", async ({ page, account: _ }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await askInNewChat(page, "What is a tide?");
      await expectNoViolations(page, "chat on a phone");
      await page.getByRole("button", { name: "Chats", exact: true }).click();
      await expect(sidebar(page)).toBeVisible();
      await expectNoViolations(page, "sheet");
    });

    test("in the dialog of a session that ended", async ({ page, account }) => {
      await page.goto("/chat");
      await expect(messageBox(page)).toBeFocused();
      await account.api.post("/api/v1/auth/logout");
      await ask(page, "Am I still here?");
      await expect(page.getByRole("dialog", { name: "Your session has ended" })).toBeVisible();
      await expectNoViolations(page, "session ended");
    });
  });
}

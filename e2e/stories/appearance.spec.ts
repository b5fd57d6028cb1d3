import type { Page } from "@playwright/test";
import { askInNewChat, chatLink, expect, messageBox, questions, sidebar, test } from "./support.ts";

const background = (page: Page) =>
  page.evaluate(() => {
    const [lightness = ""] = getComputedStyle(document.documentElement).backgroundColor.match(/[\d.]+/) ?? [];
    return Number(lightness) < 0.5 ? "dark" : "light";
  });

test.describe("with the app's code held back, the first paint is already", () => {
  const holdBack = (page: Page) => page.route("**/assets/*.js", (route) => route.abort());

  for (const colorScheme of ["light", "dark"] as const) {
    test(`${colorScheme} where the system is`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await holdBack(page);
      await page.goto("/login");
      expect(await background(page)).toBe(colorScheme);
    });
  }

  test("dark where that was chosen, on a light system", async ({ page, account: _ }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto("/settings");
    await page.getByRole("group", { name: "Theme" }).getByText("Dark").click();
    await expect.poll(() => background(page)).toBe("dark");
    await holdBack(page);
    await page.reload();
    expect(await background(page)).toBe("dark");
  });
});

test("the system's theme is followed while the page is open", async ({ page, account: _ }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/chat");
  await expect(messageBox(page)).toBeVisible();
  expect(await background(page)).toBe("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => background(page)).toBe("dark");
});

test("a theme that is chosen in one tab is the other's at once", async ({ page, account: _, context }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/chat");
  await expect(messageBox(page)).toBeVisible();
  const other = await context.newPage();
  await other.emulateMedia({ colorScheme: "light" });
  await other.goto("/settings");
  await other.getByRole("group", { name: "Theme" }).getByText("Dark").click();
  await expect.poll(() => background(page)).toBe("dark");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test("the chats are a sheet that a button opens, and Back closes", async ({ page, account: _ }) => {
    await askInNewChat(page, "What is a tide?");
    const address = page.url();
    await page.getByRole("button", { name: "Chats", exact: true }).tap();
    await expect(sidebar(page)).toBeVisible();
    await page.goBack();
    await expect(sidebar(page)).toHaveCount(0);
    expect(page.url()).toBe(address);
    await expect(page.getByRole("button", { name: "Chats", exact: true })).toBeFocused();

    await page.getByRole("button", { name: "Chats", exact: true }).tap();
    await sidebar(page).getByRole("button", { name: "New chat" }).tap();
    await expect(sidebar(page)).toHaveCount(0);
    await expect(page).toHaveURL(/\/chat$/);
    await page.getByRole("button", { name: "Chats", exact: true }).tap();
    await chatLink(page, "What is a tide?").tap();
    await expect(sidebar(page)).toHaveCount(0);
    await expect(questions(page)).toHaveText(["What is a tide?"]);
  });

  test("nothing is wider than the screen, and every control can be touched", async ({ page, account: _ }) => {
    await askInNewChat(page, `A question with ${"a-very-long-unbroken-word-".repeat(12)}`);
    for (const path of ["/", "/settings", page.url()]) {
      await page.goto(path);
      await expect(page.locator("#root")).not.toBeEmpty();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, path).toBe(0);
    }
    await expect(questions(page)).toBeVisible();
    for (const button of await page.getByRole("button").all()) {
      if (!(await button.isVisible())) continue;
      const box = await button.boundingBox();
      expect(box?.height, await button.innerHTML()).toBeGreaterThanOrEqual(44);
    }
  });
});

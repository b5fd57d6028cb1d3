import type { Page } from "@playwright/test";
import { fail, say } from "../servers/steps.ts";
import { answers, askInNewChat, expect, newQuestion, questions, test } from "./support.ts";

const language = (page: Page) => page.locator("html").getAttribute("lang");
const requested = (page: Page) => {
  const files: string[] = [];
  page.on("request", (request) => files.push(new URL(request.url()).pathname));
  return files;
};

test.describe("in a browser for German", () => {
  test.use({ locale: "de-AT" });

  test("everything is German before anybody has signed in", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "Sprich mit Sprachmodellen auf deinem eigenen Server.",
    );
    expect(await language(page)).toBe("de");
    await page.getByRole("link", { name: "Konto anlegen" }).click();
    await expect(page.getByRole("heading", { name: "Leg dein Konto an" })).toBeVisible();
    await page.getByLabel("E-Mail").fill("ada@example.com");
    await page.getByLabel("Passwort", { exact: true }).fill("password");
    await page.getByRole("button", { name: "Konto anlegen" }).click();
    await expect(
      page.getByText("Dieses Passwort gehört zu denen, die andere zuerst versuchen"),
    ).toBeVisible();
    await page.goto("/login");
    await page.getByLabel("E-Mail").fill("nobody@example.com");
    await page.getByLabel("Passwort", { exact: true }).fill("not the passphrase");
    await page.getByRole("button", { name: "Anmelden" }).click();
    await expect(page.getByRole("alert")).toHaveText("Die E-Mail-Adresse oder das Passwort ist falsch.");
  });

  test("a chat is German, with what the server says of a failure, and dates as they are written there", async ({
    page,
    account: _,
    model,
  }) => {
    const question = newQuestion("Geht es?");
    await model.answers(question, [fail(500)]);
    await page.goto("/chat");
    const box = page.getByRole("textbox", { name: "Nachricht", exact: true });
    await box.fill(question);
    await box.press("Enter");
    await expect(page.getByRole("article", { name: "Du" })).toHaveText(question);
    await expect(page.getByRole("alert")).toContainText("Der Anbieter des Modells hat versagt (500).");
    await expect(page.getByRole("alert")).toContainText("Deine Nachricht ist gespeichert.");
    await expect(page.getByRole("heading", { name: "Heute" })).toBeVisible();
    await page.getByRole("article", { name: "Parley" }).getByRole("button", { name: "Mehr" }).click();
    const written = new Intl.DateTimeFormat("de-AT", { dateStyle: "medium", timeZone: "UTC" });
    await expect(page.getByRole("menu")).toContainText(written.format(new Date()).slice(2));
  });
});

test("who reads English downloads no German", async ({ page }) => {
  const files = requested(page);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Talk with/);
  expect(await language(page)).toBe("en");
  expect(files.filter((file) => /german|\bde-/.test(file))).toEqual([]);
});

test("a language that is chosen is there at once, after a reload, and on the person's other devices", async ({
  page,
  account,
  browser,
  baseURL,
}) => {
  await page.goto("/settings");
  await page.getByRole("group", { name: "Language" }).getByText("Deutsch").click();
  await expect(page.getByRole("heading", { name: "Einstellungen" })).toBeVisible();
  await expect(page).toHaveTitle("Einstellungen · Parley");
  expect(await language(page)).toBe("de");
  await expect
    .poll(
      async () => (await (await account.api.get("/api/v1/users/profile/")).json()).data.preferences.language,
    )
    .toBe("de");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Einstellungen" })).toBeVisible();

  const elsewhere = await browser.newPage({ baseURL, locale: "en-GB" });
  await elsewhere.goto("/login");
  await elsewhere.getByLabel("Email").fill(account.email);
  await elsewhere.getByLabel("Password", { exact: true }).fill(account.password);
  await elsewhere.getByRole("button", { name: "Sign in" }).click();
  await expect(elsewhere.getByRole("heading", { name: "Was möchtest du wissen?" })).toBeVisible();
  await elsewhere.close();

  await page.getByRole("group", { name: "Sprache" }).getByText("System").click();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  expect(await language(page)).toBe("en");
});

test("a language whose words do not arrive leaves a page that works", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("parley.language", "de"));
  await page.route(/\/assets\/(german|de)-[^/]*\.js$/, (route) => route.abort());
  await page.goto("/login");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test.describe("from right to left", () => {
  const arabic = "ما هو المد؟";

  test.beforeEach(({ page }) =>
    // The pseudo-language of the Unicode project: English words that run the other way.
    page.addInitScript(() => localStorage.setItem("parley.language", "ar-XB")),
  );

  const left = async (page: Page, selector: string) =>
    (await page.locator(selector).first().boundingBox())?.x ?? Number.NaN;
  const expectNoOverflow = async (page: Page, where: string) =>
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      where,
    ).toBeLessThanOrEqual(0);

  test("the sidebar is on the right, and texts read in their own direction", async ({
    page,
    account: _,
    model,
  }) => {
    await model.answers(arabic, [
      say(`المد هو ارتفاع مستوى البحر.\n\nThe sea rises.\n\n- الأول\n\n\`\`\`js\nconst tide = 1;\n\`\`\``),
    ]);
    await askInNewChat(page, arabic);
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    expect(await left(page, "nav")).toBeGreaterThan(await left(page, "main"));
    const directions = await answers(page)
      .locator("p, ul, pre")
      .evaluateAll((blocks) =>
        blocks.map((block) => `${block.tagName} ${getComputedStyle(block).direction}`),
      );
    expect(directions).toEqual(["P rtl", "P ltr", "UL rtl", "PRE ltr"]);
    await expectNoOverflow(page, "chat");

    const question = await questions(page).locator("p").first().boundingBox();
    const column = await answers(page).locator(".markdown").boundingBox();
    expect(question?.x).toBeLessThan((column?.x ?? 0) + 40);

    await questions(page).hover();
    await questions(page).getByRole("button", { name: "More" }).click();
    await expect(page.getByRole("menu")).toHaveAttribute("dir", "rtl");
    await page.keyboard.press("Escape");
    for (const path of ["/", "/login", "/settings", "/chat", "/nowhere"]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectNoOverflow(page, path);
    }
  });

  test("an English page shows what is written from the right so, too", async ({
    page,
    account: _,
    model,
  }) => {
    await page.addInitScript(() => localStorage.setItem("parley.language", "en"));
    await model.answers(arabic, [say("نعم.")]);
    await askInNewChat(page, arabic);
    await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
    for (const text of [questions(page).locator("p").first(), answers(page).locator(".markdown p")]) {
      expect(await text.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
    }
  });

  test.describe("on a phone", () => {
    test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

    test("the sheet comes from the right, and a swipe there closes it", async ({ page, account: _ }) => {
      await page.goto("/chat");
      await page.getByRole("button", { name: "Chats", exact: true }).tap();
      const sheet = page.getByRole("dialog", { name: "Chats" });
      await expect(sheet).toBeVisible();
      await expect
        .poll(async () => {
          const box = await sheet.boundingBox();
          return Math.round((box?.x ?? 0) + (box?.width ?? 0));
        })
        .toBe(360);
      await expectNoOverflow(page, "sheet");
      const swipe = (type: string, x: number) =>
        sheet.dispatchEvent(type, {
          changedTouches: [{ identifier: 1, clientX: x, clientY: 400 }],
          touches: type === "touchstart" ? [{ identifier: 1, clientX: x, clientY: 400 }] : [],
        });
      await swipe("touchstart", 250);
      await swipe("touchend", 100);
      await expect(sheet).toBeVisible();
      await swipe("touchstart", 150);
      await swipe("touchend", 300);
      await expect(sheet).toHaveCount(0);
    });
  });
});

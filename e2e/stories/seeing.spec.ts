import type AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { hold, say } from "../servers/steps.ts";
import {
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

/// High contrast is held to the stricter of the two rules: seven to one for text.
const heldTo = (enhanced: boolean) => (axe: AxeBuilder) =>
  axe.options({ rules: { "color-contrast-enhanced": { enabled: enhanced }, region: { enabled: false } } });

const markdown = [
  "The sea rises, see [the tables](https://example.com) and `h(t)`.",
  "| Day | Tide |\n| --- | --- |\n| Monday | high |",
  "```ts\n// When it comes\nconst tide: Tide = (hour: number) => 'high' + 12 * hour;\nexport class Sea {}\n```",
  "> So it is said.",
].join("\n\n");

const palette = (page: Page) => page.getByRole("dialog", { name: "Search chats and commands" });
const help = (page: Page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });

for (const colorScheme of ["light", "dark"] as const) {
  for (const contrast of ["no-preference", "more"] as const) {
    test(`with ${contrast === "more" ? "more contrast" : "the usual contrast"} in the ${colorScheme} theme, all is legible`, async ({
      page,
      account: _,
      model,
    }) => {
      const more = contrast === "more";
      await page.emulateMedia({ colorScheme, contrast, reducedMotion: "reduce" });
      await page.goto("/chat");
      await expect(messageBox(page)).toBeFocused();
      await expect(page.locator("html")).toHaveAttribute("data-contrast", more ? "high" : "normal");
      await page.keyboard.press("Control+k");
      await expect(palette(page).getByRole("option").first()).toBeVisible();
      await expectNoViolations(page, "palette", heldTo(more));
      await page.keyboard.type("shortcuts");
      await expect(palette(page).getByRole("option", { selected: true })).toContainText("shortcuts");
      await page.keyboard.press("Enter");
      await expect(help(page)).toBeVisible();
      await expectNoViolations(page, "shortcuts", heldTo(more));
      // The other pages are looked at with the usual contrast in another place.
      if (!more) return;
      const question = newQuestion("Show all of it.");
      await model.answers(question, [say(markdown)]);
      await askInNewChat(page, question);
      await expect(answers(page).locator("pre span").first()).toBeVisible();
      await expectNoViolations(page, "chat", heldTo(more));
      await page.goto("/settings");
      await expect(page.getByLabel("Custom instructions")).toBeVisible();
      await expectNoViolations(page, "settings", heldTo(more));
      await page.context().clearCookies();
      await page.goto("/login");
      await page.getByLabel("Email").fill("nobody@example.com");
      await page.getByLabel("Password", { exact: true }).fill("not the passphrase");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      await expectNoViolations(page, "login, refused", heldTo(more));
    });
  }
}

test("more contrast can be chosen, and is there before the first paint", async ({ page, account: _ }) => {
  await page.goto("/settings");
  await page.getByRole("group", { name: "Contrast" }).getByText("High").click();
  await expect(page.locator("html")).toHaveAttribute("data-contrast", "high");
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-contrast", "high");
});

test("with the system's colours alone, what is chosen and what can be pressed still show", async ({
  page,
  account: _,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  const outline = (one: Locator) => one.evaluate((element) => getComputedStyle(element).outlineStyle);
  const edge = (one: Locator) => one.evaluate((element) => getComputedStyle(element).borderTopWidth);
  await askInNewChat(page, newQuestion("What is a tide?"));
  expect(await edge(page.getByRole("button", { name: "Send", exact: true }))).toBe("1px");
  expect(await edge(questions(page).locator("p").first())).toBe("1px");
  expect(await outline(sidebar(page).locator("[aria-current=page]"))).toBe("solid");
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("option").first()).toBeVisible();
  expect(await outline(palette(page).getByRole("option", { selected: true }))).toBe("solid");
  expect(await outline(palette(page).getByRole("option", { selected: false }).first())).toBe("none");
  await page.goto("/settings");
  const themes = page.getByRole("group", { name: "Theme" });
  expect(await outline(themes.locator("label", { hasText: "System" }))).toBe("solid");
  expect(await outline(themes.locator("label", { hasText: "Dark" }))).toBe("none");
});

for (const reducedMotion of ["no-preference", "reduce"] as const) {
  test(`${reducedMotion === "reduce" ? "nothing" : "something"} moves where motion is ${reducedMotion === "reduce" ? "not " : ""}wanted`, async ({
    page,
    account: _,
  }) => {
    await page.emulateMedia({ reducedMotion });
    await page.goto("/chat");
    await expect(messageBox(page)).toBeFocused();
    await page.keyboard.press("Control+k");
    const { duration, transition } = await palette(page).evaluate((dialog) => {
      const option = dialog.querySelector("input");
      const button = document.querySelector("button");
      return {
        duration: getComputedStyle(dialog).animationDuration,
        transition: getComputedStyle(button ?? option ?? dialog).transitionDuration,
      };
    });
    const still = reducedMotion === "reduce";
    expect(duration === "0s").toBe(still);
    expect(transition === "0s").toBe(still);
  });
}

test.describe("enlarged", () => {
  const pages = ["/", "/login", "/register", "/chat", "/settings", "/nowhere"];
  const expectToFit = async (page: Page, what: string) => {
    await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      what,
    ).toBeLessThanOrEqual(0);
  };

  for (const [what, viewport] of [
    ["to 200 %", { width: 720, height: 450 }],
    ["to 400 %", { width: 360, height: 450 }],
  ] as const) {
    test(`${what}, everything fits and can be reached`, async ({ page, account: _ }) => {
      await page.setViewportSize(viewport);
      for (const path of pages) {
        await page.goto(path);
        await expectToFit(page, path);
      }
      await askInNewChat(page, newQuestion("What is a tide?"));
      await expectToFit(page, "chat");
      await expect(messageBox(page)).toBeInViewport({ ratio: 1 });
      await page.keyboard.press("Control+k");
      await expect(palette(page)).toBeInViewport({ ratio: 1 });
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+/");
      await expect(help(page)).toBeInViewport({ ratio: 1 });
    });
  }

  test("in its text alone, nothing is cut off", async ({ page, account: _ }) => {
    await page.addInitScript(() =>
      document.addEventListener("DOMContentLoaded", () => {
        document.documentElement.style.fontSize = "200%";
      }),
    );
    for (const path of pages) {
      await page.goto(path);
      await expectToFit(page, path);
    }
    await page.goto("/chat");
    await expect(messageBox(page)).toBeInViewport({ ratio: 1 });
  });
});

test("an answer is read aloud in whole sentences, by a region of its own", async ({
  page,
  account: _,
  model,
}) => {
  const question = newQuestion("Tell me slowly.");
  await model.answers(question, [
    say("The sea **rises**. Then it"),
    hold(`${question} 1`),
    say(" falls.\n\n```js\nconst tide = 1;\n```\n\nThat is"),
    hold(`${question} 2`),
    say(" all"),
  ]);
  await page.addInitScript(() => {
    const said: { text: string; at: number }[] = [];
    Object.assign(window, { said });
    new MutationObserver(() => {
      const text = document.querySelector("[data-announcer]")?.textContent ?? "";
      if (text !== "" && said.at(-1)?.text !== text) said.push({ text, at: performance.now() });
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  const said = () =>
    page.evaluate(() => (window as unknown as { said: { text: string; at: number }[] }).said);
  const told = async () => (await said()).map(({ text }) => text).join(" ");

  await page.goto("/chat");
  await ask(page, question);
  await expect.poll(told).toBe("The sea rises.");
  await model.open(`${question} 1`);
  await expect.poll(told).toBe("The sea rises. Then it falls. Code.");
  await model.open(`${question} 2`);
  await expect.poll(told).toBe("The sea rises. Then it falls. Code. That is all The answer is complete.");
  const times = (await said()).map(({ at }) => at);
  // Timers of a browser may be a trifle early.
  for (const [index, at] of times.slice(1).entries()) expect(at - (times[index] ?? 0)).toBeGreaterThan(2_900);
  await expect(page.getByRole("log")).toHaveAttribute("aria-live", "off");
});

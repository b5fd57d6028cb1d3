import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import sharp from "sharp";
import { makeOperator } from "../servers/made-up.ts";
import { answers, expect, test } from "../stories/support.ts";
import { scenes, type Viewer } from "./scenes.ts";
import { newcomer, operator, picturesAreTaken, regular, type Seed, seed } from "./seed.ts";

const here = import.meta.dirname;
const themes = ["light", "dark"] as const;
const screens = [
  { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  { viewport: { width: 1440, height: 900 } },
];
/// A window of 1440 × 900 in which every pixel of the page takes four.
const zoomed = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 };
const zoomedScenes = ["landing", "register", "chat", "settings"];

test.describe.configure({ mode: "serial", timeout: 300_000 });

let states: Record<Viewer, BrowserContextOptions["storageState"]>;
let seeded: Seed;

/// Few colours, and no loss that an eye would see: the pictures are kept with the source.
async function keep(page: Page, path: string) {
  const png = await page.screenshot({ animations: "disabled" });
  await mkdir(dirname(path), { recursive: true });
  await sharp(png).png({ palette: true, colours: 96, effort: 10, compressionLevel: 9 }).toFile(path);
}

async function signIn(browser: Browser, baseURL: string | undefined, person: typeof regular) {
  const context = await browser.newContext({ baseURL });
  const registered = await context.request.post("/api/v1/auth/register", { data: person });
  // A server that goes on running knows the person already.
  const session = registered.ok()
    ? registered
    : await context.request.post("/api/v1/auth/login", { data: person });
  expect(session.ok()).toBe(true);
  return { context, token: (await session.json()).data.access_token as string };
}

test("prepare what the pictures show", async ({ browser, baseURL, model, playwright }) => {
  const one = await signIn(browser, baseURL, regular);
  const other = await signIn(browser, baseURL, newcomer);
  await makeOperator(process.env.PARLEY_SCRIPTED_DATA ?? "", operator.email, operator.password);
  const keeper = await signIn(browser, baseURL, operator);
  const api = await playwright.request.newContext({
    baseURL,
    extraHTTPHeaders: { Authorization: `Bearer ${one.token}` },
  });
  seeded = await seed(api, model);
  states = {
    visitor: undefined,
    regular: await one.context.storageState(),
    newcomer: await other.context.storageState(),
    operator: await keeper.context.storageState(),
  };
  await Promise.all([one, other, keeper].map(({ context }) => context.close()));
});

for (const colorScheme of themes) {
  for (const screen of screens) {
    const { width } = screen.viewport;
    test(`every page, ${colorScheme}, ${width} pixels wide`, async ({ browser, baseURL }) => {
      for (const { name, as, show } of scenes) {
        await test.step(name, async () => {
          const context = await browser.newContext({
            ...screen,
            baseURL,
            colorScheme,
            reducedMotion: "reduce",
            storageState: states[as],
          });
          const page = await context.newPage();
          await show(page, seeded, width);
          await keep(page, join(here, `${name}-${width}-${colorScheme}.png`));
          await context.close();
        });
      }
    });
  }

  test(`at 200 % zoom, ${colorScheme}`, async ({ browser, baseURL }) => {
    for (const { name, as, show } of scenes.filter((scene) => zoomedScenes.includes(scene.name))) {
      const context = await browser.newContext({
        ...zoomed,
        baseURL,
        colorScheme,
        reducedMotion: "reduce",
        storageState: states[as],
      });
      const page = await context.newPage();
      await show(page, seeded, zoomed.viewport.width);
      await keep(page, join(here, `${name}-zoom-${colorScheme}.png`));
      await context.close();
    }
  });

  test(`for the README, ${colorScheme}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      baseURL,
      colorScheme,
      reducedMotion: "reduce",
      storageState: states.regular,
    });
    const page = await context.newPage();
    await page.goto(`/chat/${seeded.conversation}`);
    await expect(answers(page)).toHaveCount(2);
    await page.getByRole("log").evaluate((log) => log.scrollTo(0, 0));
    await expect(answers(page).first().locator("math")).toBeAttached();
    const name = colorScheme === "light" ? "chat.png" : "chat-dark.png";
    await keep(page, join(here, "../../docs/pictures", name));
    await context.close();
  });
}

interface Variant {
  name: string;
  options: BrowserContextOptions;
  language?: string;
  names: string[];
}

/// The same pages as somebody else sees them.
const variants: Variant[] = [
  { name: "german", options: { locale: "de-DE" }, names: ["landing", "not-found", "chat", "no-such-chat"] },
  {
    name: "rtl",
    options: {},
    language: "ar-XB",
    names: ["landing", "chat-end", "sidebar", "settings", "palette"],
  },
  { name: "contrast", options: { contrast: "more" }, names: ["chat-end", "sidebar", "settings", "login"] },
  {
    name: "contrast-dark",
    options: { contrast: "more", colorScheme: "dark" },
    names: ["chat-end", "sidebar", "settings"],
  },
  {
    name: "forced",
    options: { forcedColors: "active", colorScheme: "dark" },
    names: ["chat-end", "sidebar", "settings", "palette"],
  },
];

for (const { name: variant, options, language, names } of variants) {
  for (const screen of screens) {
    const { width } = screen.viewport;
    test(`${variant}, ${width} pixels wide`, async ({ browser, baseURL }) => {
      for (const { name, as, show } of scenes.filter((scene) => names.includes(scene.name))) {
        const context = await browser.newContext({
          ...screen,
          baseURL,
          colorScheme: "light",
          reducedMotion: "reduce",
          storageState: states[as],
          ...options,
        });
        const page = await context.newPage();
        if (language !== undefined)
          await page.addInitScript((code) => localStorage.setItem("parley.language", code), language);
        await show(page, seeded, width);
        await keep(page, join(here, `${name}-${variant}-${width}.png`));
        await context.close();
      }
    });
  }
}

test("in German, where its words are the page", async ({ browser, baseURL }) => {
  for (const screen of screens) {
    for (const path of ["/register", "/chat", "/settings"]) {
      const context = await browser.newContext({
        ...screen,
        baseURL,
        locale: "de-DE",
        reducedMotion: "reduce",
        storageState: states[path === "/register" ? "visitor" : "newcomer"],
      });
      const page = await context.newPage();
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole(path === "/chat" ? "listitem" : "textbox").last()).toBeVisible();
      const name = path === "/chat" ? "empty" : path.slice(1);
      await keep(page, join(here, `${name}-german-${screen.viewport.width}.png`));
      await context.close();
    }
  }
});

test("let the unfinished answer end", async ({ model }) => {
  await model.open(picturesAreTaken);
});

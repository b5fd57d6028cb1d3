import type { Page } from "@playwright/test";
import { answers, expect, messageBox, test } from "../stories/support.ts";
import { settled, slowDown } from "./browser.ts";
import { keep, median, rounded } from "./figures.ts";

/// How Lighthouse slows a page down that stands for a phone.
const times = 4;
const rounds = Number(process.env.PARLEY_ROUNDS ?? 5);

interface Vitals {
  firstPaint: number;
  largestPaint: number;
  blockingTime: number;
  layoutShift: number;
  shifted: string[];
}

/// Notes from the start what a page does to its reader.
async function observe(page: Page) {
  await page.addInitScript(() => {
    const vitals = {
      firstPaint: 0,
      largestPaint: 0,
      blockingTime: 0,
      layoutShift: 0,
      shifted: [] as string[],
    };
    Object.assign(window, { vitals });
    const each = (type: string, note: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    each("paint", (entry) => {
      if (entry.name === "first-contentful-paint") vitals.firstPaint = entry.startTime;
    });
    each("largest-contentful-paint", (entry) => {
      vitals.largestPaint = entry.startTime;
    });
    each("longtask", (entry) => {
      vitals.blockingTime += Math.max(0, entry.duration - 50);
    });
    each("layout-shift", (entry) => {
      const { value, sources } = entry as unknown as { value: number; sources: { node: Node | null }[] };
      vitals.layoutShift += value;
      for (const { node } of sources) {
        const element = node instanceof Element ? node : node?.parentElement;
        vitals.shifted.push(`${element?.tagName ?? "?"}.${element?.className ?? ""}`.slice(0, 80));
      }
    });
  });
}

const vitalsOf = (page: Page) => page.evaluate(() => (window as unknown as { vitals: Vitals }).vitals);

const pages: { name: string; path: string; signedIn: boolean; stands: (page: Page) => Promise<void> }[] = [
  {
    name: "landing",
    path: "/",
    signedIn: false,
    stands: (page) => expect(page.getByRole("heading", { level: 1 })).toBeVisible(),
  },
  {
    name: "sign-in",
    path: "/login",
    signedIn: false,
    stands: (page) => expect(page.getByLabel("Email")).toBeVisible(),
  },
  {
    name: "register",
    path: "/register",
    signedIn: false,
    stands: (page) => expect(page.getByLabel("Email")).toBeVisible(),
  },
  {
    name: "empty chat",
    path: "/chat",
    signedIn: true,
    stands: (page) => expect(messageBox(page)).toBeVisible(),
  },
  {
    name: "chat with history",
    path: "/chat/…",
    signedIn: true,
    stands: (page) => expect(answers(page).last()).toBeVisible(),
  },
  {
    name: "settings",
    path: "/settings",
    signedIn: true,
    stands: (page) => expect(page.getByRole("heading", { level: 1 })).toBeVisible(),
  },
];

const sizes = [
  { device: "desktop", viewport: { width: 1440, height: 900 } },
  { device: "phone", viewport: { width: 390, height: 844 } },
];

for (const { device, viewport } of sizes) {
  test(`pages on a slow ${device}`, async ({ browser, account, baseURL }) => {
    await account.makeUpChats(400, 60);
    const chats = await (await account.api.get("/api/v1/chats/?limit=100")).json();
    const [longest] = chats.data.items.filter((chat: { message_count: number }) => chat.message_count === 60);
    const figures: Record<string, object> = {};
    for (const { name, path, signedIn, stands } of pages) {
      const seen: Vitals[] = [];
      for (let round = 0; round < rounds; round++) {
        // Each time as a first visit: nothing is in the browser's cache.
        const context = await browser.newContext({ baseURL, viewport });
        if (signedIn) {
          const { email, password } = account;
          expect(
            (await context.request.post("/api/v1/auth/login", { data: { email, password } })).status(),
          ).toBe(200);
        }
        const page = await context.newPage();
        await observe(page);
        await slowDown(page, times);
        await page.goto(path.replace("…", longest.id));
        await stands(page);
        await settled(page);
        seen.push(await vitalsOf(page));
        await context.close();
      }
      const middle = (of: (vitals: Vitals) => number) => rounded(median(seen.map(of)));
      figures[name] = {
        firstPaint: middle((vitals) => vitals.firstPaint),
        largestPaint: middle((vitals) => vitals.largestPaint),
        blockingTime: middle((vitals) => vitals.blockingTime),
        layoutShift: rounded(Math.max(...seen.map((vitals) => vitals.layoutShift)), 4),
        shifted: [...new Set(seen.flatMap((vitals) => vitals.shifted))],
      };
    }
    keep(`pages-${device}`, figures);
  });
}

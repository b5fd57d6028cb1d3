import { answers, expect, messageBox, test } from "../stories/support.ts";
import { frameCosts, frameTimes, settled, slowDown } from "./browser.ts";
import { keep, median, percentile, rounded } from "./figures.ts";

const messages = 10_000;
const rounds = Number(process.env.PARLEY_ROUNDS ?? 5);
const wanted = 1_000;
const times = 4;
const notch = 120;

test("a chat of 10,000 messages", async ({ page, browser, account }) => {
  await account.makeUpChats(messages + 100, messages);
  const chats = await (await account.api.get("/api/v1/chats/?limit=100")).json();
  const long = chats.data.items.find((chat: { message_count: number }) => chat.message_count === messages);
  const last = page.locator(`[data-key="${long.current_message_id}"]`);

  const loads: number[] = [];
  const clicks: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.goto(`/chat/${long.id}`);
    loads.push(await drawn(page, long.current_message_id));
    await page.goto("/chat");
    await expect(messageBox(page)).toBeVisible();
    await settled(page);
    const begun = await page.evaluate((href) => {
      const now = performance.now();
      document.querySelector<HTMLAnchorElement>(`a[href$="${href}"]`)?.click();
      return now;
    }, long.id);
    clicks.push((await drawn(page, long.current_message_id)) - begun);
  }
  await expect(last).toBeInViewport();
  await expect(answers(page).last()).toBeVisible();
  await settled(page);

  await slowDown(page, times);
  let seen = 0;
  const scrolled = async () => {
    seen = await scrollUp(page, wanted);
  };
  let intervals: number[] = [];
  const costs = await frameCosts(browser, page, async () => {
    intervals = await frameTimes(page, scrolled);
  });
  expect(seen).toBeGreaterThanOrEqual(wanted);
  keep("long-chat", {
    messages,
    openedByAddress: rounded(median(loads)),
    openedByClick: rounded(median(clicks)),
    scrolledOver: seen,
    frames: intervals.length,
    frameP50: rounded(percentile(intervals, 0.5), 1),
    frameP95: rounded(percentile(intervals, 0.95), 1),
    frameP99: rounded(percentile(intervals, 0.99), 1),
    costP50: rounded(percentile(costs, 0.5), 1),
    costP95: rounded(percentile(costs, 0.95), 1),
    costP99: rounded(percentile(costs, 0.99), 1),
    nodes: await page.evaluate(() => (window as unknown as { mostNodes: number }).mostNodes),
  });
});

type Page = Parameters<typeof settled>[0];

/// When the frame with this message was drawn, in the page's own time.
const drawn = (page: Page, message: string) =>
  page.evaluate(
    (key) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const row = document.querySelector(`[data-key="${key}"]`);
          // The frame after the one in which it was found has shown it.
          if (row !== null && row.getBoundingClientRect().height > 0) requestAnimationFrame(resolve);
          else requestAnimationFrame(look);
        };
        look();
      }),
    message,
  );

/// Moves by a notch of a wheel with each frame, 7,000 pixels a second, until it has passed so many messages.
///
/// @returns how many it passed
const scrollUp = (page: Page, count: number) =>
  page.evaluate(
    ({ enough, pixelsPerFrame }) =>
      new Promise<number>((resolve) => {
        const view = document.querySelector(".message-viewport");
        if (view === null) throw new Error("There is no list of messages.");
        const passed = new Set<string>();
        let mostNodes = 0;
        let idle = 0;
        const step = () => {
          const before = passed.size;
          // Read before anything is moved, so that looking costs no layout.
          for (const height of [0.1, 0.3, 0.5, 0.7, 0.9]) {
            const at = document.elementFromPoint(innerWidth / 2, innerHeight * height);
            const row = at?.closest<HTMLElement>("[data-key]");
            if (row !== null && row !== undefined) passed.add(row.dataset.key ?? "");
          }
          mostNodes = Math.max(mostNodes, document.getElementsByTagName("*").length);
          idle = passed.size === before ? idle + 1 : 0;
          if (passed.size >= enough || idle > 600) {
            Object.assign(window, { mostNodes });
            resolve(passed.size);
            return;
          }
          view.scrollTop -= pixelsPerFrame;
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    { enough: count, pixelsPerFrame: notch },
  );

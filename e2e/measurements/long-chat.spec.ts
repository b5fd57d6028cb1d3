import { answers, expect, messageBox, test } from "../stories/support.ts";
import { frameCosts, frameTimes, settled, slowDown } from "./browser.ts";
import { keep, median, percentile, rounded } from "./figures.ts";

const messages = 10_000;
const rounds = Number(process.env.PARLEY_ROUNDS ?? 5);
const wanted = 1_000;
const traced = 200;
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
  const intervals = await frameTimes(page, async () => {
    seen = await scrollUp(page, wanted);
  });
  expect(seen).toBeGreaterThanOrEqual(wanted);
  const nodes = await page.evaluate(() => (window as unknown as { mostNodes: number }).mostNodes);
  // Apart, because tracing costs a good part of a frame itself.
  const costs = await frameCosts(browser, page, async () => {
    await scrollUp(page, traced);
  });
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
    nodes,
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
        const rowsInView = ({ clientHeight, firstElementChild }: Element) => {
          const rows = (firstElementChild?.children ?? []) as HTMLCollectionOf<HTMLElement>;
          const box = (index: number) => rows[index]?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
          let low = 0;
          let high = rows.length - 1;
          while (low < high) {
            const middle = (low + high) >> 1;
            if (box(middle).bottom > 0) high = middle;
            else low = middle + 1;
          }
          const found: HTMLElement[] = [];
          for (let at = low; at < rows.length && box(at).top < clientHeight; at++) {
            const row = rows[at];
            if (row?.dataset.key !== undefined) found.push(row);
          }
          return found;
        };
        const passed = new Set<string>();
        let mostNodes = 0;
        let idle = 0;
        const step = () => {
          const before = passed.size;
          // Read before anything is moved, so that looking costs no layout, and from boxes alone: asking what stands
          // at a point costs a large part of a frame.
          for (const row of rowsInView(view)) passed.add(row.dataset.key ?? "");
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

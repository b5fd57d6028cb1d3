import type { Browser, CDPSession, Page } from "@playwright/test";

/// Slows the page's processor down, as Lighthouse does to stand for a phone.
export async function slowDown(page: Page, times: number): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: times });
  return session;
}

/// Nothing waits to be done any more: no request, and no work.
export async function settled(page: Page) {
  await page.waitForLoadState("networkidle");
  await atLeisure(page);
}

/// The main thread has nothing to do, twice in a row.
export async function atLeisure(page: Page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let i = 0; i < 2; i++) {
      await new Promise((resolve) => requestAnimationFrame(() => requestIdleCallback(resolve)));
    }
  });
}

interface TraceEvent {
  name: string;
  cat: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

/// What the page's main thread computed for each frame meanwhile, in milliseconds of processor time: other programs of
/// the machine do not count.
export async function frameCosts(browser: Browser, page: Page, work: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, {
    categories: ["disabled-by-default-devtools.timeline", "disabled-by-default-devtools.timeline.frame"],
  });
  await work();
  return costsOf(eventsIn(await browser.stopTracing()));
}

const counted = ["thread_name", "BeginMainThreadFrame", "RunTask"];

/// The events that count. A trace is more than a string may hold, and has one event a line; the last shares its line
/// with what ends the file, and is not missed.
function eventsIn(trace: Buffer): TraceEvent[] {
  const events: TraceEvent[] = [];
  for (let from = 0; from < trace.length; ) {
    const end = trace.indexOf("\n", from);
    const line = trace.toString("utf8", from, end < 0 ? trace.length : end);
    const event = /^(?:\{"traceEvents":\[)?(\{.*\}),$/.exec(line)?.[1];
    if (event !== undefined && counted.some((name) => event.includes(`"name":"${name}"`))) {
      events.push(JSON.parse(event));
    }
    from = end < 0 ? trace.length : end + 1;
  }
  return events;
}

function costsOf(events: TraceEvent[]): number[] {
  const main = busiest(
    events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain"),
    events,
  );
  if (main === undefined) throw new Error("The trace has no main thread.");
  const its = events
    .filter(({ pid, tid }) => pid === main.pid && tid === main.tid)
    .sort((a, b) => a.ts - b.ts);
  const costs: number[] = [];
  let cost = 0;
  let begun = false;
  for (const event of its) {
    if (event.name === "BeginMainThreadFrame") {
      if (begun) costs.push(cost / 1000);
      begun = true;
      cost = 0;
    } else if (event.name === "RunTask" && event.ph === "X") {
      cost += event.tdur ?? event.dur ?? 0;
    }
  }
  if (costs.length === 0) throw new Error("The trace has no frames.");
  return costs;
}

/// A browser has a main thread for each page that it keeps ready.
function busiest(threads: TraceEvent[], events: TraceEvent[]): TraceEvent | undefined {
  const tasks = ({ pid, tid }: TraceEvent) =>
    events.filter((event) => event.name === "RunTask" && event.pid === pid && event.tid === tid).length;
  return threads.sort((a, b) => tasks(b) - tasks(a))[0];
}

/// The times between the frames of the page meanwhile, in milliseconds.
export async function frameTimes(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    let last = performance.now();
    const note = (now: number) => {
      times.push(now - last);
      last = now;
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    Object.assign(window, { frameTimes: times });
  });
  await work();
  return page.evaluate(() => (window as unknown as { frameTimes: number[] }).frameTimes.slice(1));
}

import { answers, expect, sidebar, test } from "../stories/support.ts";
import { settled } from "./browser.ts";
import { keep, rounded } from "./figures.ts";

const chats = 50;
const messages = 60;

// All of them are in the sidebar at once.
test.use({ viewport: { width: 1440, height: 2600 } });

test("fifty chats that are equal", async ({ page, account }) => {
  await account.makeUpChats(messages, messages);
  const [chat] = (await (await account.api.get("/api/v1/chats/?limit=100")).json()).data.items;
  const ids: string[] = [];
  for (let i = 0; i < chats; i++) {
    const fork = await account.api.post(`/api/v1/chats/${chat.id}/fork/`, {
      data: { message_id: chat.current_message_id },
    });
    expect(fork.status()).toBe(201);
    ids.push((await fork.json()).data.id);
  }
  await page.goto("/chat");
  const session = await page.context().newCDPSession(page);
  /// What is in use when all that can go has gone.
  const used = async () => {
    await settled(page);
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
    return { heap: usedSize, nodes, listeners: jsEventListeners };
  };
  const seen = [];
  for (const id of ids) {
    await sidebar(page).locator(`a[href$="${id}"]`).click();
    await expect(page).toHaveURL(new RegExp(id));
    await expect(answers(page).last()).toBeVisible();
    await settled(page);
    seen.push(await used());
  }
  const [fifth, last] = [seen[4], seen.at(-1)];
  if (fifth === undefined || last === undefined) throw new Error("Too few chats were opened.");
  keep("memory", {
    chats,
    messages,
    fifthKilobytes: rounded(fifth.heap / 1024),
    lastKilobytes: rounded(last.heap / 1024),
    growthPercent: rounded((last.heap / fifth.heap - 1) * 100, 1),
    nodes: [fifth.nodes, last.nodes],
    listeners: [fifth.listeners, last.listeners],
    kilobytes: seen.map(({ heap }) => rounded(heap / 1024)),
  });
});

import type { Page, WebSocketRoute } from "@playwright/test";
import { hold, say, words } from "../servers/steps.ts";
import {
  answered,
  answers,
  ask,
  askInNewChat,
  callsOf,
  chatIdOf,
  chatLink,
  expect,
  newQuestion,
  questions,
  shownTexts,
  sidebar,
  storedMessages,
  test,
  watchAnswer,
  whenConnected,
} from "./support.ts";

const stopButton = (page: Page) => page.getByRole("button", { name: "Stop" });

/// The page has done what the last news made it do.
const handled = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve();
        port2.postMessage(null);
      }),
  );

/// How a page looks for news where none comes by itself.
const looks = (calls: string[]) => calls.filter((call) => /^GET \/api\/v1\/chats\/([^/]+\/)?$/.test(call));

test("what happens to a chat in one tab happens in the other, which asks for nothing", async ({
  page,
  account: _,
  context,
}) => {
  const other = await context.newPage();
  const calls = callsOf(other);
  const ready = whenConnected(other);
  await other.goto("/chat");
  await ready;
  await expect(other.getByText("Your chats will stand here.")).toBeVisible();
  await handled(other);
  calls.length = 0;

  await page.bringToFront();
  await askInNewChat(page, "What is a tide?");
  await expect(chatLink(other, "What is a tide?")).toBeVisible();
  await askInNewChat(page, "What is a wave?");
  await expect(sidebar(other).getByRole("link", { name: /^What is/ })).toHaveText([
    "What is a wave?",
    "What is a tide?",
  ]);

  await chatLink(page, "What is a tide?").dblclick();
  await sidebar(page).getByRole("textbox", { name: "Title" }).fill("Tides");
  await page.keyboard.press("Enter");
  await expect(sidebar(other).getByRole("link", { name: /^(What|Tides)/ })).toHaveText([
    "What is a wave?",
    "Tides",
  ]);
  expect(calls).toEqual([]);

  await chatLink(other, "Tides").click();
  await expect(questions(other)).toHaveText(["What is a tide?"]);
  await chatLink(page, "Tides").hover();
  await page.getByRole("button", { name: "Options for Tides" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(chatLink(other, "Tides")).toHaveCount(0);
  await expect(other.getByRole("heading", { name: "This chat does not exist" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(questions(other)).toHaveText(["What is a tide?"]);
});

test("an answer that is begun in one tab is written in both", async ({
  page,
  account: _,
  context,
  model,
}) => {
  const question = newQuestion("Who else is here?");
  await model.answers(question, [say(words(1, 3)), hold(question), say(` ${words(4, 6)}`)]);
  await askInNewChat(page, "What is a tide?");
  const other = await context.newPage();
  const ready = whenConnected(other);
  await watchAnswer(other);
  await other.goto(page.url());
  await expect(questions(other)).toHaveText(["What is a tide?"]);
  await ready;
  const calls = callsOf(other);

  await page.bringToFront();
  await ask(page, question);
  await expect(answers(page).last()).toHaveText(words(1, 3));
  await expect(questions(other)).toHaveText(["What is a tide?", question]);
  await expect(answers(other).last()).toHaveText(words(1, 3));
  await expect(stopButton(other)).toBeVisible();
  await model.open(question);
  await expect(answers(page).last()).toHaveText(words(1, 6));
  await expect(answers(other).last()).toHaveText(words(1, 6));
  await answered(other);
  expect(calls.filter((call) => call.endsWith("/stream/"))).toEqual([]);
  await other.reload();
  await expect(answers(other).last()).toHaveText(words(1, 6));
  expect(await model.timesAsked(question)).toBe(1);
});

test("two devices agree, and each can stop what the other began", async ({
  page,
  account,
  elsewhere,
  model,
}) => {
  const question = newQuestion("Where am I?");
  await model.answers(question, [say(words(1, 5)), hold(question), say(" never said")]);
  await askInNewChat(page, "What is a tide?");
  const ready = whenConnected(elsewhere);
  await elsewhere.goto(page.url());
  await ready;
  await expect(questions(elsewhere)).toHaveText(["What is a tide?"]);

  await ask(page, question);
  await expect(answers(elsewhere).last()).toHaveText(words(1, 5));
  await stopButton(elsewhere).click();
  await expect(answers(page).last()).toContainText("Stopped.");
  await expect(answers(elsewhere).last()).toContainText("Stopped.");
  await answered(page);
  await model.open(question);
  expect((await storedMessages(account, chatIdOf(page))).at(-1)).toMatchObject({
    content: words(1, 5),
    status: "stopped",
  });

  const next = newQuestion("And the other way round?");
  await model.answers(next, [say(words(6, 9)), hold(next), say(` ${words(10, 12)}`)]);
  await ask(elsewhere, next);
  await expect(answers(page).last()).toHaveText(words(6, 9));
  await model.open(next);
  await answered(page);
  await expect(answers(page).last()).toHaveText(words(6, 12));
  await expect(questions(page)).toHaveText(["What is a tide?", question, next]);
});

test("however the page is reloaded, the text is the same, and no connection is held for it", async ({
  page,
  account,
  model,
}) => {
  const question = newQuestion("How long is it?");
  const whole = words(1, 120);
  await model.answers(question, [say(words(1, 60), 25), hold(question), say(` ${words(61, 120)}`, 25)]);
  await watchAnswer(page);
  await page.goto("/chat");
  await ask(page, question);
  await expect(answers(page)).toContainText("word2");
  const calls = callsOf(page);
  for (const word of [9, 21, 37, 58]) {
    await expect(answers(page)).toContainText(`word${word}`);
    await page.reload();
  }
  await model.open(question);
  for (const word of [70, 90, 111]) {
    await expect(answers(page)).toContainText(`word${word}`);
    await page.reload();
  }
  await answered(page);
  await expect(answers(page)).toHaveText(whole);
  for (const text of await shownTexts(page)) expect(whole.startsWith(text), text).toBe(true);
  expect(calls.filter((call) => call.endsWith("/stream/"))).toEqual([]);
  expect((await storedMessages(account, chatIdOf(page))).at(-1)).toMatchObject({ content: whole });
  expect(await model.timesAsked(question)).toBe(1);
});

test.describe("a live connection that comes and goes", () => {
  /// Stands between the page and the server's `/ws`.
  async function gateway(page: Page) {
    let open = true;
    let waiting = false;
    let greeted = false;
    const sockets: WebSocketRoute[] = [];
    await page.routeWebSocket("/ws", (socket) => {
      if (!open) return void socket.close({ code: 1001 });
      sockets.push(socket);
      const server = socket.connectToServer();
      socket.onMessage((said) => {
        waiting ||= said === '{"type":"ping"}';
        server.send(said);
      });
      server.onMessage((said) => {
        waiting = false;
        socket.send(said);
        greeted ||= said === '{"type":"ready"}';
      });
    });
    return {
      sockets,
      ready: async () => {
        await expect.poll(() => greeted).toBe(true);
        await handled(page);
      },
      /// Lets the page's time pass, but not while the server has still to say that it is there.
      wait: async (seconds: number) => {
        for (let passed = 0; passed < seconds; passed += 4) {
          await page.clock.runFor(4_000);
          await expect.poll(() => waiting).toBe(false);
        }
      },
      shut: async () => {
        open = false;
        greeted = false;
        for (const socket of sockets.splice(0)) await socket.close({ code: 1001 });
      },
      reopen: () => {
        open = true;
      },
    };
  }

  test("while it stands nothing is asked for again and again, and without it every ten seconds", async ({
    page,
    account,
  }) => {
    await askInNewChat(page, "What is a tide?");
    const link = await gateway(page);
    const calls = callsOf(page);
    await page.clock.install();
    await page.reload();
    await expect(questions(page)).toHaveText(["What is a tide?"]);
    await expect(chatLink(page, "What is a tide?")).toBeVisible();
    await link.ready();
    calls.length = 0;
    await link.wait(120);
    // What the page had not asked for yet when it stood, it may ask for once.
    expect(calls.filter((call, index) => calls.indexOf(call) !== index)).toEqual([]);

    await link.shut();
    await page.clock.runFor(11_000);
    await expect.poll(() => looks(calls).length).toBeGreaterThanOrEqual(2);
    const rename = (title: string) =>
      account.api.patch(`/api/v1/chats/${chatIdOf(page)}/`, { data: { title } });
    await rename("Renamed");
    await page.clock.runFor(11_000);
    await expect(chatLink(page, "Renamed")).toBeVisible();

    link.reopen();
    await expect
      .poll(async () => {
        await page.clock.runFor(1_000);
        return link.sockets.length;
      })
      .toBe(1);
    await link.ready();
    await rename("Renamed again");
    await expect(chatLink(page, "Renamed again")).toBeVisible();
    calls.length = 0;
    await link.wait(60);
    expect(calls).toEqual([]);
  });

  test("an answer goes on behind what was seen, with it and without", async ({ page, account: _, model }) => {
    const question = newQuestion("Are you still there?");
    const [second, third] = [`${question} 2`, `${question} 3`];
    await model.answers(question, [
      say(words(1, 5)),
      hold(second),
      say(` ${words(6, 10)}`),
      hold(third),
      say(` ${words(11, 15)}`),
    ]);
    await page.goto("/chat");
    await ask(page, question);
    await expect(answers(page)).toHaveText(words(1, 5));
    const link = await gateway(page);
    await watchAnswer(page);
    await page.reload();
    await expect(answers(page)).toHaveText(words(1, 5));
    for (const socket of link.sockets.splice(0)) await socket.close({ code: 4408 });
    await model.open(second);
    await expect(answers(page)).toHaveText(words(1, 10));
    await link.shut();
    await model.open(third);
    await expect(answers(page)).toHaveText(words(1, 15));
    await answered(page);
    for (const text of await shownTexts(page)) expect(words(1, 15).startsWith(text), text).toBe(true);
    expect(await model.timesAsked(question)).toBe(1);
  });

  test("a tab that fell behind makes a branch, and hides nothing that is newer", async ({
    page,
    account,
    elsewhere,
    model,
  }) => {
    const [newer, stale] = [newQuestion("What came next?"), newQuestion("What else?")];
    await model.answers(newer, [say("This came next.")]);
    await model.answers(stale, [say("And this.")]);
    await askInNewChat(page, "What is a tide?");
    const link = await gateway(elsewhere);
    await elsewhere.clock.install();
    await elsewhere.goto(page.url());
    await expect(questions(elsewhere)).toHaveText(["What is a tide?"]);
    await link.shut();

    await ask(page, newer);
    await expect(answers(page).last()).toContainText("This came next.");
    await answered(page);
    await ask(elsewhere, stale);
    await expect
      .poll(async () => {
        await elsewhere.clock.runFor(500);
        return answers(elsewhere).last().textContent();
      })
      .toContain("And this.");
    await expect(questions(elsewhere)).toHaveText([/What is a tide/, /What else/]);
    await expect(questions(elsewhere).last()).toContainText("2/2");
    await expect(questions(page).last()).toContainText(stale);
    await expect(questions(page).last()).toContainText("2/2");
    await questions(page).last().getByRole("button", { name: "Previous version" }).click();
    await expect(answers(page).last()).toContainText("This came next.");
    const { items } = (
      await (await account.api.get(`/api/v1/chats/${chatIdOf(page)}/messages/?branch=all`)).json()
    ).data;
    expect(items).toHaveLength(6);
  });
});

test("a session that is ended on another device asks to sign in again, at once", async ({
  page,
  account,
  elsewhere,
}) => {
  const ready = whenConnected(elsewhere);
  await elsewhere.goto("/chat");
  await ready;
  const sessions = (await (await account.api.get("/api/v1/auth/sessions/")).json()).data.items;
  const foreign = sessions.find(({ current }: { current: boolean }) => !current);
  expect((await account.api.delete(`/api/v1/auth/sessions/${foreign.id}/`)).status()).toBe(200);
  await expect(elsewhere.getByRole("dialog", { name: "Your session has ended" })).toBeVisible();
  await page.goto("/chat");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

import type { BrowserContext, Page } from "@playwright/test";
import { hold, say, words } from "../servers/steps.ts";
import {
  type Account,
  answered,
  answers,
  ask,
  askInNewChat,
  callsOf,
  chatIdOf,
  chatLink,
  expect,
  expectNoViolations,
  loaded,
  messageBox,
  newEmail,
  newQuestion,
  password,
  questions,
  storedMessages,
  test,
  whenConnected,
} from "./support.ts";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const standing = (page: Page, text: string) => page.getByRole("status").getByText(text);
const kept = (page: Page) => page.evaluate(() => JSON.stringify(localStorage));
const sent = (calls: string[]) => calls.filter((call) => /^POST .*\/messages\/$/.test(call));

/// A browser that has a network tells its pages so. One that was told to be offline tells it to no page that is loaded
/// later.
async function setOffline(page: Page, context: BrowserContext, offline: boolean) {
  await context.setOffline(offline);
  await expect.poll(() => page.evaluate(() => navigator.onLine)).toBe(!offline);
}

async function contents(account: Account, chatId: string): Promise<string[]> {
  return (await storedMessages(account, chatId)).map(({ content }) => content);
}

async function signIn(page: Page, { email }: { email: string }) {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await button(page, "Sign in").click();
  await expect(messageBox(page)).toBeVisible();
}

test.describe("without a network", () => {
  test.use({ breakable: true });

  test("questions wait, can be taken back, and go out once each in their order", async ({
    page,
    account,
    context,
    model,
  }) => {
    const [first, second, third] = ["one", "two", "three"].map((name) => newQuestion(`Number ${name}?`)) as [
      string,
      string,
      string,
    ];
    for (const question of [first, second, third]) await model.answers(question, [say(`About ${question}`)]);
    await askInNewChat(page, newQuestion("Before?"));
    await setOffline(page, context, true);
    await ask(page, first);
    await expect(standing(page, "Waiting for the network.")).toBeVisible();
    await ask(page, "Not this one");
    await ask(page, second);
    await ask(page, `${third} unfinished`);
    await expect(questions(page)).toHaveCount(5);
    await expect(standing(page, "It is sent after the one above.")).toHaveCount(3);

    await button(page, "Remove").nth(1).click();
    await expect(questions(page).getByText("Not this one")).toHaveCount(0);
    await button(page, "Edit").last().click();
    await expect(messageBox(page)).toHaveValue(`${third} unfinished`);
    await ask(page, third);
    await expect(questions(page).last()).toHaveText(third);

    await setOffline(page, context, false);
    await expect(answers(page).last()).toHaveText(`About ${third}`);
    await answered(page);
    expect((await contents(account, chatIdOf(page))).slice(2)).toEqual([
      first,
      `About ${first}`,
      second,
      `About ${second}`,
      third,
      `About ${third}`,
    ]);
    for (const question of [first, second, third]) expect(await model.timesAsked(question)).toBe(1);
    expect(await kept(page)).not.toContain(first);
  });

  test("a question in a chat that was not read before waits in sight", async ({
    page,
    account,
    context,
    model,
  }) => {
    const question = newQuestion("Who is there?");
    await model.answers(question, [say("I am.")]);
    expect((await account.api.post("/api/v1/chats/", { data: { title: "Tides" } })).status()).toBe(201);
    await page.goto("/chat");
    await expect(chatLink(page, "Tides")).toBeVisible();
    await loaded(page);
    await setOffline(page, context, true);
    await chatLink(page, "Tides").click();
    await expect(page.getByText("Loading messages")).toBeAttached();
    await ask(page, question);
    await expect(questions(page)).toHaveText([question]);
    await expect(standing(page, "Waiting for the network.")).toBeVisible();
    await setOffline(page, context, false);
    await expect(answers(page)).toHaveText("I am.");
    expect(await model.timesAsked(question)).toBe(1);
  });

  test("what is removed by mistake is brought back", async ({ page, account: _, context, model }) => {
    const question = newQuestion("Was that wise?");
    await model.answers(question, [say("It was not.")]);
    await page.goto("/chat");
    await expect(messageBox(page)).toBeFocused();
    await loaded(page);
    await setOffline(page, context, true);
    await ask(page, question);
    await button(page, "Remove").press("Enter");
    await expect(messageBox(page)).toBeFocused();
    await expect(questions(page)).toHaveCount(0);
    await button(page, "Undo").click();
    await expect(questions(page)).toHaveText([question]);
    await setOffline(page, context, false);
    await expect(answers(page)).toHaveText("It was not.");
    expect(await model.timesAsked(question)).toBe(1);
  });
});

test.describe("over a line that breaks", () => {
  test.use({ breakable: true });

  test("a question that waits survives a reload, and is sent from whatever page is shown", async ({
    page,
    account,
    model,
    line,
  }) => {
    const [here, there] = [newQuestion("Who waits here?"), newQuestion("Who waits there?")];
    await model.answers(here, [say("I do.")]);
    await model.answers(there, [say("I do, too.")]);
    await askInNewChat(page, newQuestion("An old chat?"));
    const chat = chatIdOf(page);
    line.cut();
    await ask(page, here);
    await expect(standing(page, "The server cannot be reached.")).toBeVisible();
    await page.getByRole("button", { name: "New chat" }).first().click();
    await ask(page, there);
    await expect(questions(page)).toHaveText([there]);
    expect(await kept(page)).toContain(here);

    await page.reload().catch(() => undefined);
    await expect(page).toHaveURL(/^chrome-error:/);
    line.mend();
    await page.goto("/chat");
    await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);
    await expect(answers(page)).toHaveText("I do, too.");
    await expect.poll(() => contents(account, chat)).toEqual(expect.arrayContaining([here, "I do."]));
    expect(chatIdOf(page)).not.toBe(chat);
    expect(await model.timesAsked(here)).toBe(1);
    expect(await model.timesAsked(there)).toBe(1);
  });

  test("of two tabs that show the chat, the one sends it that was asked", async ({
    page,
    account,
    context,
    model,
    line,
  }) => {
    const question = newQuestion("Who sends this?");
    await model.answers(question, [say("One of us.")]);
    await askInNewChat(page, newQuestion("Before?"));
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(questions(other)).toHaveCount(1);
    await page.bringToFront();
    line.cut();
    await ask(page, question);
    await expect(standing(page, "The server cannot be reached.")).toBeVisible();
    const calls = callsOf(other);
    line.mend();
    await expect(answers(page).last()).toHaveText("One of us.");
    await expect(answers(other).last()).toHaveText("One of us.");
    expect(sent(calls)).toEqual([]);
    expect(await model.timesAsked(question)).toBe(1);
    expect(await contents(account, chatIdOf(page))).toHaveLength(4);
  });

  test("what a tab that was closed has not sent, the next one sends", async ({
    page,
    account: _,
    context,
    model,
    line,
  }) => {
    const question = newQuestion("Who is left?");
    await model.answers(question, [say("I am.")]);
    await page.goto("/chat");
    await expect(messageBox(page)).toBeFocused();
    await loaded(page);
    line.cut();
    await ask(page, question);
    await expect(standing(page, "The server cannot be reached.")).toBeVisible();
    const closed = page.waitForEvent("close");
    await page.close({ runBeforeUnload: true });
    await closed;
    line.mend();
    const next = await context.newPage();
    await next.goto("/chat");
    await expect(questions(next)).toHaveText([question]);
    await expect(answers(next)).toHaveText("I am.");
    expect(await model.timesAsked(question)).toBe(1);
  });
});

test("a question that the server refuses is kept with the reason, and others go on", async ({
  page,
  account,
  model,
}) => {
  const [refused, next] = [newQuestion("Am I allowed?"), newQuestion("Am I?")];
  await model.answers(next, [say("You are.")]);
  await model.answers(refused, [say("Now you are.")]);
  await askInNewChat(page, newQuestion("Before?"));
  const url = "**/api/v1/chats/*/messages/";
  await page.route(url, (route) =>
    route.request().method() === "POST"
      ? route.fulfill({
          status: 422,
          json: { success: false, error: { code: "VALIDATION_ERROR", message: "Not this.", details: {} } },
        })
      : route.fallback(),
  );
  await ask(page, refused);
  await expect(page.getByText("Not this. Your message is kept here and was not sent.")).toBeVisible();
  await page.unroute(url);
  await ask(page, next);
  await expect(answers(page).last()).toHaveText("You are.");
  await page.reload();
  await expect(page.getByText("Your message is kept here and was not sent.")).toBeVisible();
  await button(page, "Send again").click();
  await expect(answers(page).last()).toHaveText("Now you are.");
  await answered(page);
  await expect(page.getByText("Your message is kept here")).toHaveCount(0);
  expect(await contents(account, chatIdOf(page))).toContain(refused);
  expect(await model.timesAsked(refused)).toBe(1);
});

test("a question that is refused in a new chat is found from every other one, and goes out as it was meant", async ({
  page,
  account,
  model,
}) => {
  const question = newQuestion("What should nobody find?");
  await model.answers(question, [say("This.")]);
  await page.route("**/api/v1/chats/", (route) =>
    route.request().method() === "POST"
      ? route.fulfill({
          status: 403,
          json: { success: false, error: { code: "FORBIDDEN", message: "Not now.", details: {} } },
        })
      : route.fallback(),
  );
  await page.goto("/chat");
  const temporary = button(page, "Temporary chat");
  await temporary.click();
  await ask(page, question);
  await expect(page.getByText("Not now. Your message is kept here and was not sent.")).toBeVisible();
  await expect(temporary).toHaveAttribute("aria-pressed", "true");
  await expect(temporary).toBeDisabled();

  await button(page, "New chat").first().click();
  await expect(questions(page)).toHaveCount(0);
  await expect(temporary).toHaveAttribute("aria-pressed", "false");
  await expect(page.getByText("A message in another chat was not sent.")).toBeVisible();
  await button(page, "Show it").click();
  await expect(questions(page)).toHaveText([question]);
  await expect(temporary).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("A message in another chat was not sent.")).toHaveCount(0);

  await page.unroute("**/api/v1/chats/");
  await button(page, "Send again").press("Enter");
  await expect(messageBox(page)).toBeFocused();
  await expect(answers(page)).toHaveText("This.");
  const { data } = await (await account.api.get(`/api/v1/chats/${chatIdOf(page)}/`)).json();
  expect(data.is_temporary).toBe(true);
});

test("what was typed in a chat that is deleted elsewhere begins a new one", async ({ page, account }) => {
  const connected = whenConnected(page);
  await askInNewChat(page, newQuestion("Before?"));
  await connected;
  const refused = newQuestion("Is anybody there?");
  await page.route("**/api/v1/chats/*/messages/", (route) =>
    route.request().method() === "POST"
      ? route.fulfill({
          status: 403,
          json: { success: false, error: { code: "FORBIDDEN", message: "Not now.", details: {} } },
        })
      : route.fallback(),
  );
  await ask(page, refused);
  await expect(page.getByText("Your message is kept here and was not sent.")).toBeVisible();
  await messageBox(page).fill("half a thought");
  expect((await account.api.delete(`/api/v1/chats/${chatIdOf(page)}/`)).status()).toBe(200);
  await expect(page.getByRole("heading", { name: "This chat does not exist" })).toBeVisible();
  await expect(questions(page)).toHaveText([refused, "half a thought"]);
  await expectNoViolations(page, "a chat that is gone, with what was typed there");

  await button(page, "Edit").last().click();
  await expect(page).toHaveURL(/\/chat$/);
  await expect(messageBox(page)).toHaveValue("half a thought");
  await button(page, "Show it").click();
  await expect(questions(page)).toHaveText([refused]);
  await button(page, "Edit").click();
  await expect(messageBox(page)).toHaveValue(`half a thought\n\n${refused}`);
  await expect(page.getByText("was not sent")).toHaveCount(0);
});

test("a session that ends while a question is on its way sends it once after signing in", async ({
  page,
  account,
  model,
}) => {
  const question = newQuestion("Did you get this?");
  await model.answers(question, [hold(question), say(words(1, 4))]);
  await askInNewChat(page, newQuestion("Before?"));
  // The question arrives, the answer's line is lost, and by then the session has ended.
  const url = "**/api/v1/chats/*/messages/";
  let lost = 0;
  await page.route(url, async (route) => {
    if (route.request().method() !== "POST" || lost > 0) return route.fallback();
    lost += 1;
    const { postData, url: address } = {
      postData: route.request().postDataJSON(),
      url: route.request().url(),
    };
    void account.api.post(address, { data: postData }).catch(() => undefined);
    await expect.poll(() => model.timesAsked(question)).toBe(1);
    expect((await account.api.post("/api/v1/auth/logout")).status()).toBe(200);
    await route.abort();
  });
  await ask(page, question);
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("Password", { exact: true }).fill(account.password);
  await button(page, "Sign in").click();
  await model.open(question);
  await expect(answers(page).last()).toHaveText(words(1, 4));
  await answered(page);
  await expect(questions(page)).toHaveCount(2);
  expect(await model.timesAsked(question)).toBe(1);
});

test("somebody else who signs in in this browser gets neither the draft nor the question", async ({
  page,
  account,
  context,
  playwright,
  baseURL,
  model,
}) => {
  const question = newQuestion("Is this between us?");
  await model.answers(question, [say("It is.")]);
  const other = { email: newEmail(), password };
  const registered = await playwright.request.newContext({ baseURL });
  expect((await registered.post("/api/v1/auth/register", { data: other })).status()).toBe(201);

  // A page that hears nothing of the other tabs, as one that the browser had put to sleep.
  await page.addInitScript(() => Object.assign(window, { BroadcastChannel: undefined }));
  await page.goto("/chat");
  await messageBox(page).fill(question);
  await expect.poll(() => kept(page)).toContain(question);
  await context.clearCookies();
  const second = await context.newPage();
  await second.goto("/login");
  await signIn(second, other);
  await expect(messageBox(second)).toHaveValue("");

  await messageBox(page).press("Enter");
  await expect(messageBox(page)).toHaveValue("");
  await expect(questions(page)).toHaveCount(0);
  const { email } = (await (await context.request.get("/api/v1/auth/me")).json()).data;
  expect(email).toBe(other.email);
  const chats = (await (await context.request.get("/api/v1/chats/")).json()).data.items;
  expect(chats).toEqual([]);
  expect(await model.timesAsked(question)).toBe(0);
  await registered.dispose();

  // Who asked finds it again.
  await second.close();
  await context.clearCookies();
  await page.goto("/login");
  await signIn(page, account);
  await expect(questions(page)).toHaveText([question]);
  await expect(answers(page)).toHaveText("It is.");
  expect(await model.timesAsked(question)).toBe(1);
});

import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import {
  type APIRequestContext,
  type BrowserContext,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { Line } from "../servers/line.ts";
import { makeOperator, makeUpChats } from "../servers/made-up.ts";
import type { Step } from "../servers/steps.ts";

export { expect };

export interface Account {
  email: string;
  password: string;
  /// The API as this person, in the same session as the browser.
  api: APIRequestContext;
  /// Gives them chats of so many messages altogether, one of which is the longest. It takes some seconds.
  makeUpChats: (messages: number, longest: number) => Promise<void>;
}

interface Options {
  /// Which of the two servers the story is told on.
  server: "builtin" | "scripted";
  /// Whether the browser reaches it over a line that the story can cut.
  breakable: boolean;
}

interface Fixtures {
  /// A person with an account, signed in.
  account: Account;
  model: ScriptedModel;
  line: Line;
  /// The same person on another device.
  elsewhere: Page;
  /// Somebody who looks after the instance, in a browser of their own. It takes some seconds.
  operator: Page;
  /// Nothing failed in any page, and no page broke its content security policy.
  watched: undefined;
}

export const test = base.extend<Options & Fixtures>({
  server: ["scripted", { option: true }],
  breakable: [false, { option: true }],
  line: async ({ server }, use) => {
    const line = new Line(addressOf(server));
    await use(line);
    await line.close();
  },
  baseURL: async ({ server, breakable, line }, use) => use(breakable ? await line.open() : addressOf(server)),
  // biome-ignore lint/correctness/noEmptyPattern: the form that the runner wants.
  model: async ({}, use) => use(new ScriptedModel(variable("PARLEY_PROVIDER_URL"))),
  account: async ({ context, playwright, baseURL, server }, use) => {
    const email = newEmail();
    const registered = await context.request.post("/api/v1/auth/register", { data: { email, password } });
    expect(registered.status()).toBe(201);
    const { data } = await registered.json();
    const api = await playwright.request.newContext({
      baseURL,
      extraHTTPHeaders: { Authorization: `Bearer ${data.access_token}` },
    });
    const makeUp = (messages: number, longest: number) =>
      makeUpChats(dataOf(server), email, `--messages ${messages} --longest ${longest}`);
    await use({ email, password, api, makeUpChats: makeUp });
    await api.dispose();
  },
  elsewhere: async ({ browser, baseURL, account: { email, password }, breakable }, use) => {
    const context = await browser.newContext({ baseURL });
    const faults = faultsOf(context, breakable);
    const entered = await context.request.post("/api/v1/auth/login", { data: { email, password } });
    expect(entered.status()).toBe(200);
    await use(await context.newPage());
    await context.close();
    expect(faults).toEqual([]);
  },
  operator: async ({ browser, baseURL, server }, use) => {
    const email = newEmail();
    await makeOperator(dataOf(server), email, password);
    const context = await browser.newContext({ baseURL });
    const entered = await context.request.post("/api/v1/auth/login", { data: { email, password } });
    expect(entered.status()).toBe(200);
    await use(await context.newPage());
    await context.close();
  },
  watched: [
    async ({ context, breakable }, use) => {
      const faults = faultsOf(context, breakable);
      await use(undefined);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

/// What fails in the pages from now on.
function faultsOf(context: BrowserContext, breakable: boolean): string[] {
  const faults: string[] = [];
  context.on("weberror", (event) => faults.push(event.error().stack ?? event.error().message));
  context.on("console", (message) => {
    if (message.type() === "error" && !isPartOfStory(message.text(), breakable)) faults.push(message.text());
  });
  return faults;
}

/// A refused request is part of some stories, as a lost connection is of those whose line breaks, and the browser
/// notes each of them.
const isPartOfStory = (note: string, breakable: boolean) =>
  note.startsWith("Failed to load resource") || (breakable && note.startsWith("WebSocket connection to"));

export const password = "a long enough passphrase";
export const newEmail = () => `reader-${randomUUID()}@example.com`;

/// A question that no other story asks, so that its script is its own.
export const newQuestion = (text: string) => `${text} (${randomUUID().slice(0, 8)})`;

const addressOf = (server: Options["server"]) =>
  variable(server === "builtin" ? "PARLEY_BUILTIN_URL" : "PARLEY_SCRIPTED_URL");

const dataOf = (server: Options["server"]) =>
  variable(server === "builtin" ? "PARLEY_BUILTIN_DATA" : "PARLEY_SCRIPTED_DATA");

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set.`);
  return value;
}

/// What the stories have to say to the provider of `servers/provider.ts`.
/// The mails that this person was sent, once there is one.
export async function mailTo(email: string): Promise<string> {
  const directory = variable("PARLEY_MAILS");
  let found: string | undefined;
  await expect
    .poll(
      async () => {
        const names = (await readdir(directory)).filter((name) => name.endsWith(".eml"));
        const mails = await Promise.all(names.map((name) => readFile(join(directory, name), "utf8")));
        found = mails.find((mail) => mail.includes(`To: ${email}`));
        return found !== undefined;
      },
      { timeout: 60_000 },
    )
    .toBe(true);
  return String(found);
}

export class ScriptedModel {
  readonly address: string;

  constructor(address: string) {
    this.address = address;
  }

  /// Each script answers the question once; the last one again and again.
  async answers(question: string, ...scripts: Step[][]) {
    await this.post("scripts", { question, scripts });
  }

  async open(gate: string) {
    await this.post("gates", { gate });
  }

  async timesAsked(question: string): Promise<number> {
    return (await this.asked(question)).times;
  }

  /// What the provider was sent the last time that this was asked.
  async requestOf(question: string): Promise<unknown> {
    return (await this.asked(question)).request;
  }

  private async asked(question: string): Promise<{ times: number; request?: unknown }> {
    const response = await fetch(`${this.address}/control/asked?question=${encodeURIComponent(question)}`);
    return (await response.json()) as { times: number; request?: unknown };
  }

  private async post(what: string, data: object) {
    const response = await fetch(`${this.address}/control/${what}`, {
      method: "POST",
      body: JSON.stringify(data),
    });
    if (!response.ok) throw new Error(`The provider answered ${response.status}.`);
  }
}

export const messageBox = (page: Page) => page.getByRole("textbox", { name: "Message", exact: true });
export const questions = (page: Page) => page.getByRole("article", { name: "You" });
export const answers = (page: Page) => page.getByRole("article", { name: "Parley" });
export const sidebar = (page: Page) => page.getByRole("navigation", { name: "Chats" });
export const chatLink = (page: Page, title: string) => sidebar(page).getByRole("link", { name: title });

export async function ask(page: Page, question: string) {
  await messageBox(page).fill(question);
  await messageBox(page).press("Enter");
}

/// All that the page needs to go on without its server has come.
export const loaded = (page: Page) => page.waitForLoadState("networkidle");

/// The answer is over: the box offers to send again.
export const answered = (page: Page) => expect(page.getByRole("button", { name: "Stop" })).toHaveCount(0);

/// Asks in a new chat and waits for the end.
export async function askInNewChat(page: Page, question: string) {
  await page.goto("/chat");
  await ask(page, question);
  await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);
  await expect(answers(page)).toHaveCount(1);
  await answered(page);
}

export const chatIdOf = (page: Page) => page.url().split("/").at(-1) ?? "";

interface StoredMessage {
  role: "user" | "assistant";
  content: string;
  status: string;
  metadata: { model?: string; reasoning_millis?: number };
}

export async function storedMessages({ api }: Account, chatId: string): Promise<StoredMessage[]> {
  const response = await api.get(`/api/v1/chats/${chatId}/messages/?limit=100`);
  expect(response.status()).toBe(200);
  return (await response.json()).data.items;
}

/// The calls of the API that a page makes from now on.
export function callsOf(page: Page): string[] {
  const calls: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/")) calls.push(`${request.method()} ${pathname}`);
  });
  return calls;
}

/// The page's live connection stands. To be asked for before the page is loaded.
export function whenConnected(page: Page): Promise<void> {
  return new Promise((resolve) => {
    page.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => {
        if (String(payload) === '{"type":"ready"}') resolve();
      }),
    );
  });
}

/// Notes every text that the answer shows in this page, from its next load on.
export async function watchAnswer(page: Page) {
  await page.addInitScript(() => {
    const shown = new Set<string>();
    Object.assign(window, { shown });
    new MutationObserver(() => {
      for (const answer of document.querySelectorAll('[data-role="assistant"] p'))
        shown.add(answer.textContent.trim());
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

export const shownTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...(window as unknown as { shown: Set<string> }).shown]);

/// @param what is looked at, for whoever reads that it failed
/// @param held to what rules, where not to the usual ones
export async function expectNoViolations(
  page: Page,
  what: string,
  held: (axe: AxeBuilder) => AxeBuilder = (axe) => axe,
) {
  const { violations } = await held(new AxeBuilder({ page })).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" · ")}`);
  expect(found, what).toEqual([]);
}

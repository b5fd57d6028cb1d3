import type { Page } from "@playwright/test";
import { Release } from "../servers/release.ts";
import { hold, say, words } from "../servers/steps.ts";
import {
  answers,
  ask,
  askInNewChat,
  chatIdOf,
  expect,
  messageBox,
  newEmail,
  newQuestion,
  password,
  questions,
  storedMessages,
  test,
} from "./support.ts";

// A page without its server goes on trying to reach it, and the browser notes each attempt.
test.use({ breakable: true, serviceWorkers: "allow" });

/// The worker has kept all that opens without a network.
const kept = (page: Page) =>
  expect
    .poll(() =>
      page.evaluate(async () => {
        const { active } = (await navigator.serviceWorker.getRegistration()) ?? {};
        return active?.state === "activated" && (await caches.match("/")) !== undefined;
      }),
    )
    .toBe(true);

test("without a network the app opens, says so, and goes on when it is back", async ({
  page,
  context,
  account: _,
}) => {
  const question = newQuestion("What is kept?");
  await askInNewChat(page, question);
  const address = page.url();
  await messageBox(page).fill("half a thought");
  await kept(page);

  // The browser, told to be offline, says so to the page that is open and to none that follows.
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, "onLine", {
      get: () => sessionStorage.getItem("offline") === null,
    }),
  );
  await context.setOffline(true);
  await expect(page.getByRole("status").getByText("You are offline")).toBeVisible();
  await page.evaluate(() => sessionStorage.setItem("offline", "yes"));
  await page.reload();
  await expect(page.getByRole("heading", { name: "You are offline" })).toBeVisible();
  await page.goto("/login");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "You are offline" })).toBeVisible();

  await context.setOffline(false);
  await page.evaluate(() => {
    sessionStorage.removeItem("offline");
    dispatchEvent(new Event("online"));
  });
  await expect(questions(page)).toHaveText([question]);
  await expect(messageBox(page)).toHaveValue("half a thought");
  await expect(page.getByText("You are offline")).toHaveCount(0);
});

test("nothing that the server says is kept, and what is missing is missing", async ({ page, account: _ }) => {
  await askInNewChat(page, newQuestion("Is this written down?"));
  await kept(page);
  await page.reload();
  await expect(answers(page)).toHaveCount(1);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  const missing = await page.evaluate(async () => (await fetch("/assets/gone-00000000.js")).status);
  expect(missing).toBe(404);
  const paths = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(paths).toContain("/");
  expect(paths.filter((path) => path !== "/" && !path.startsWith("/assets/"))).toEqual([]);
  expect(paths).not.toContain("/assets/gone-00000000.js");
  await page.goto("/docs/models");
  await expect(page.getByText("OPENAI_API_KEY").first()).toBeVisible();
});

test.describe("behind what can be upgraded", () => {
  let release: Release;
  test.use({
    baseURL: async ({ server: _ }, use) => {
      release = new Release(process.env.PARLEY_SCRIPTED_URL ?? "");
      await use(await release.open());
      await release.close();
    },
  });

  test("a new version is told, and taken without losing a draft or an answer", async ({
    page,
    account,
    model,
  }) => {
    const question = newQuestion("Do you go on?");
    await model.answers(question, [say(words(1, 4)), hold(question), say(` ${words(5, 8)}`)]);
    await page.goto("/chat");
    await ask(page, question);
    await expect(answers(page)).toHaveText(words(1, 4));
    await messageBox(page).fill("the next thing to ask");
    await kept(page);
    const before = await page.locator("script[type=module]").getAttribute("src");

    release.upgrade();
    // A part of the old version that nobody has asked for yet is not to be had any more.
    await page.keyboard.press("Control+k");
    await expect(page.getByText("A new version of Parley is ready.")).toBeVisible();
    expect(await page.locator("script[type=module]").getAttribute("src")).toBe(before);
    await expect(messageBox(page)).toHaveValue("the next thing to ask");

    await page.getByRole("button", { name: "Load it" }).click();
    await expect(answers(page)).toHaveText(words(1, 4));
    expect(await page.locator("script[type=module]").getAttribute("src")).toContain("/assets/next/");
    await expect(messageBox(page)).toHaveValue("the next thing to ask");
    await model.open(question);
    await expect(answers(page)).toHaveText(words(1, 8));
    expect(await storedMessages(account, chatIdOf(page))).toHaveLength(2);

    // The new version is the one that opens without a network from now on.
    await expect
      .poll(() =>
        page.evaluate(async () => (await (await caches.match("/"))?.text())?.includes("/assets/next/")),
      )
      .toBe(true);
  });

  test("a version that is there before anything is asked is found by looking now and then", async ({
    page,
  }) => {
    await page.clock.install();
    await page.goto("/login");
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await page.getByLabel("Email").fill(newEmail());
    release.upgrade();
    await expect
      .poll(async () => {
        await page.clock.fastForward("10:01");
        return page.getByText("A new version of Parley is ready.").isVisible();
      })
      .toBe(true);
  });

  test("a proxy's page for a server that is away is not shown", async ({ page, context }) => {
    const email = newEmail();
    expect(
      (await context.request.post("/api/v1/auth/register", { data: { email, password } })).status(),
    ).toBe(201);
    await page.goto("/chat");
    await expect(messageBox(page)).toBeVisible();
    await kept(page);
    release.leave();
    await page.reload();
    await expect(page.getByRole("heading", { name: "The server could not be reached" })).toBeVisible();
  });
});

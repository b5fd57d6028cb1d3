import type { Page } from "@playwright/test";
import { say } from "../servers/steps.ts";
import { answers, askInNewChat, chatIdOf, expect, newQuestion, questions, sidebar, test } from "./support.ts";

const attacks = [
  `<img src=x onerror="window.harmed = 1">`,
  `<script>window.harmed = 1</script>`,
  `<svg onload="window.harmed = 1"></svg>`,
  `<iframe srcdoc="<script>parent.harmed = 1</script>"></iframe>`,
  `[link](javascript:window.harmed=1)`,
  `[link](data:text/html,<script>window.harmed=1</script>)`,
  `![image](x" onerror="window.harmed=1)`,
  `<a href="javascript:window.harmed=1">here</a>`,
  "<details open ontoggle=window.harmed=1>",
];

async function expectUnharmed(page: Page) {
  expect(await page.evaluate(() => (window as { harmed?: number }).harmed)).toBeUndefined();
  await expect(
    page.locator("iframe, #root script, #root [onerror], #root [onload], #root [ontoggle]"),
  ).toHaveCount(0);
  for (const link of await page.getByRole("link").all())
    expect(await link.getAttribute("href")).not.toMatch(/^\s*(javascript|data):/i);
}

test("HTML and scripts in questions, answers and titles are text", async ({ page, account, model }) => {
  const question = newQuestion(attacks.join(" "));
  await model.answers(question, [say(attacks.join("\n\n"))]);
  await askInNewChat(page, question);
  await expect(questions(page)).toHaveText(question);
  await expect(answers(page)).toContainText(`<script>window.harmed = 1</script>`);
  await expectUnharmed(page);

  for (const link of await answers(page).getByRole("link").all()) await link.click();
  await expectUnharmed(page);

  const title = attacks.slice(0, 3).join("");
  const renamed = await account.api.patch(`/api/v1/chats/${chatIdOf(page)}/`, { data: { title } });
  expect(renamed.status()).toBe(200);
  await page.reload();
  await expect(sidebar(page).getByRole("link", { name: title })).toBeVisible();
  await expect(page).toHaveTitle(`${title} · Parley`);
  await expectUnharmed(page);

  await page.getByRole("searchbox", { name: "Search chats" }).fill("harmed");
  await expect(sidebar(page).locator("mark").first()).toBeVisible();
  await expectUnharmed(page);
});

test("a script that somebody smuggled into the page is not run", async ({ browser, baseURL }) => {
  // A page of its own: the browser's complaint about it is what is wanted here.
  const page = await browser.newPage({ baseURL });
  await page.goto("/login");
  const blocked = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener("securitypolicyviolation", ({ effectiveDirective }) => resolve(effectiveDirective));
        const script = document.createElement("script");
        script.textContent = "window.harmed = 1";
        document.body.append(script);
      }),
  );
  expect(await blocked).toBe("script-src-elem");
  expect(await page.evaluate(() => (window as { harmed?: number }).harmed)).toBeUndefined();
  expect((await page.request.get("/login")).headers()["content-security-policy"]).toContain(
    "frame-ancestors 'none'",
  );
  await page.close();
});

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

const fence = "```";
const drawn = [
  `${fence}mermaid\nflowchart LR\n  a["<img src=x onerror=window.harmed=1>"] --> b["<script>window.harmed=1</script>"]\n  click a "javascript:window.harmed=1"\n  click b call alert(1)\n${fence}`,
  `$\\href{javascript:window.harmed=1}{x}$ and $\\htmlData{onclick=window.harmed}{y}$ and $\\includegraphics{https://elsewhere.example/a.png}$`,
  `$$\\unicode{<img src=x onerror=window.harmed=1>}$$`,
  `${fence}html\n<script>window.harmed = 1</script>\n${fence}`,
  `${fence}svg\n<svg onload="window.harmed=1"><script>window.harmed=1</script></svg>\n${fence}`,
  `<svg><use href="data:image/svg+xml,<svg id=x onload=window.harmed=1>#x"/></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=window.harmed=1></style></mglyph></table></mtext></math>`,
  `<base href="https://elsewhere.example/"><meta http-equiv="refresh" content="0;url=https://elsewhere.example/">`,
  `<form action="https://elsewhere.example/"><button>Send</button></form>`,
  `<link rel="stylesheet" href="https://elsewhere.example/a.css"><style>@import "https://elsewhere.example/b.css"</style>`,
  `![pixel](https://elsewhere.example/pixel.png) ![svg](data:image/svg+xml,<svg/onload=window.harmed=1>)`,
  `[one][r] [two](vbscript:window.harmed=1) [three](  java\tscript:window.harmed=1) <javascript:window.harmed=1>`,
  `[r]: javascript:window.harmed=1`,
  `[^note]\n\n[^note]: <img src=x onerror=window.harmed=1>`,
  `| <img src=x onerror=window.harmed=1> | [cell](javascript:window.harmed=1) |\n| --- | --- |\n| a | b |`,
  "The end.",
].join("\n\n");

test("what an answer draws runs nothing, and nothing is asked of other servers", async ({
  page,
  account,
  model,
  baseURL,
}) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`${baseURL}/`) && !/^(data|blob):/.test(request.url()))
      foreign.push(request.url());
  });
  const evil = attacks[0] ?? "";
  const named = await account.api.patch("/api/v1/users/profile/", {
    data: { first_name: evil, last_name: "<b>bold</b>" },
  });
  expect(named.status()).toBe(200);
  const added = await account.api.post("/api/v1/memories/", { data: { content: attacks.join(" ") } });
  expect(added.status()).toBe(201);

  const question = newQuestion("What can you draw?");
  await model.answers(question, [say(drawn)]);
  await askInNewChat(page, question);
  await expect(answers(page)).toContainText("The end.");
  await expect(answers(page).getByRole("img", { name: "Diagram" })).toBeVisible();
  await expectUnharmed(page);

  await page.goto("/memory");
  await expect(page.getByText("window.harmed").first()).toBeVisible();
  await expectUnharmed(page);
  await page.goto("/settings");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectUnharmed(page);
  expect(foreign).toEqual([]);
});

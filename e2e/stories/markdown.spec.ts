import { hold, say } from "../servers/steps.ts";
import { answered, answers, ask, askInNewChat, expect, messageBox, newQuestion, test } from "./support.ts";

const fence = "```";

type Box = NonNullable<Awaited<ReturnType<ReturnType<typeof messageBox>["boundingBox"]>>>;
const dot =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

test("a diagram is drawn once it is whole, in the page's colours, and its source can be had", async ({
  page,
  account: _,
  model,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const question = newQuestion("Draw the voyage.");
  const source = 'flowchart LR\n  harbour["Harbour"] --> sea["Open sea"]';
  await model.answers(question, [
    say(`Here it is:\n\n${fence}mermaid\n${source}`),
    hold(`${question} 1`),
    say(`\n${fence}\n\nThat was`),
    hold(`${question} 2`),
    say(" all."),
  ]);
  let pens = 0;
  page.on("request", (request) => {
    if (request.url().includes("/assets/draw-diagram-")) pens += 1;
  });
  await page.goto("/chat");
  await ask(page, question);
  await expect(answers(page).locator("pre")).toContainText('sea["Open sea"]');
  await expect(answers(page).getByRole("img")).toHaveCount(0);
  expect(pens).toBe(0);
  await model.open(`${question} 1`);
  const diagram = answers(page).getByRole("img", { name: "Diagram" });
  await expect(diagram).toContainText("Open sea");
  await expect(answers(page)).toContainText("That was");
  const ink = () =>
    diagram
      .locator(".node rect")
      .first()
      .evaluate((box) => getComputedStyle(box).fill);
  const light = await ink();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(ink).not.toBe(light);
  await model.open(`${question} 2`);
  await answered(page);
  await expect(diagram).toContainText("Harbour");

  await answers(page).getByRole("button", { name: "Copy source" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(source);
  await answers(page).getByRole("button", { name: "Show source" }).click();
  await expect(answers(page).locator("pre")).toHaveText(source);
  await expect(diagram).toHaveCount(0);
  await answers(page).getByRole("button", { name: "Show diagram" }).click();
  await expect(diagram).toBeVisible();
});

test("what is no diagram stays as it was written, and runs nothing", async ({ page, account: _, model }) => {
  const question = newQuestion("Draw something else.");
  const broken = "flowchart LR\n  this is no diagram -->";
  const sly = 'flowchart LR\n  a["<img src=x onerror=window.caught=1>"] --> b\n  click a call alert()';
  await model.answers(question, [
    say(`${fence}mermaid\n${broken}\n${fence}\n\n${fence}mermaid\n${sly}\n${fence}`),
  ]);
  await askInNewChat(page, question);
  await expect(answers(page).getByText("This diagram cannot be drawn")).toBeVisible();
  await expect(answers(page).locator("pre").first()).toHaveText(broken);
  await expect(answers(page).getByRole("img", { name: "Diagram" })).toBeVisible();
  expect(await page.evaluate(() => "caught" in window)).toBe(false);
  // Mermaid leaves nothing of its own behind in the page.
  await expect(page.locator("body > [id^='ddiagram']")).toHaveCount(0);
});

test("pictures that come with the text are shown, and no other host learns who reads", async ({
  page,
  account: _,
  model,
}) => {
  const question = newQuestion("Show me the ship.");
  await model.answers(question, [
    say(`![A dot](${dot})\n\n![A ship](https://pictures.example/ship.png?reader=1) in the text.`),
  ]);
  const hosts = new Set<string>();
  page.on("request", (request) => hosts.add(new URL(request.url()).hostname));
  await askInNewChat(page, question);
  const dotOnPage = answers(page).getByRole("img", { name: "A dot" });
  await expect(dotOnPage).toBeVisible();
  await expect(dotOnPage).toHaveAttribute("loading", "lazy");
  await expect(
    answers(page).getByRole("link", { name: "A ship (image on pictures.example)" }),
  ).toHaveAttribute("rel", /noopener noreferrer/);
  expect(hosts).not.toContain("pictures.example");
});

test("half-written Markdown shows no marks of what is not closed yet", async ({
  page,
  account: _,
  model,
}) => {
  const question = newQuestion("Half of it, please.");
  const halves = [
    ["**bold and *leaning", "bold and leaning"],
    ["***\n\nsee [the page](https://exam", "see the page"],
    ["ple.com)\n\n- a `progr", "progr"],
    ["am`\n\nso \\[ a_1 * b", "so \\[ a_1 * b"],
    [" \\]\n\n| a | b |\n| --- | --- |\n| 1 | 2", "2"],
  ] as const;
  await model.answers(
    question,
    halves.flatMap(([text], index) => [say(text), hold(`${question} ${index}`)]),
  );
  await page.goto("/chat");
  await ask(page, question);
  for (const [index, [, shown]] of halves.entries()) {
    const last = answers(page).locator(".blocks > :last-child");
    await expect(last).toContainText(shown);
    await expect(last).not.toContainText(/\*\*|\]\(|streamdown|`|\| ---/);
    await model.open(`${question} ${index}`);
  }
  await answered(page);
  await expect(answers(page).locator("table td").last()).toHaveText("2");
});

test("the heads of programs stay below the message box", async ({ page, account: _, model }) => {
  const question = newQuestion("Many small programs?");
  const program = `${fence}text\none line\n${fence}`;
  await model.answers(question, [say(Array(40).fill(program).join("\n\n"), 0)]);
  await askInNewChat(page, question);
  await answered(page);
  await expect(answers(page).getByRole("button", { name: "Copy code" })).toHaveCount(40);
  const { x, y, width, height } = (await messageBox(page).boundingBox()) as Box;
  const covered = await page.getByRole("log", { name: "Conversation" }).evaluate(
    (view, [x, y]) => {
      const found = new Set<string>();
      for (let top = 0; top < 300; top += 5) {
        view.scrollTo(0, top);
        found.add(document.elementFromPoint(x, y)?.tagName ?? "nothing");
      }
      return [...found];
    },
    [x + width / 2, y + height / 2] as const,
  );
  expect(covered).toEqual(["TEXTAREA"]);
});

test("a long program has its place, is found and is copied whole, while it grows and afterwards", async ({
  page,
  account: _,
  model,
}) => {
  const question = newQuestion("A long program, please.");
  const line = (number: number) =>
    `${"  ".repeat(number % 5)}total_${number} = ${number}${number === 7 ? " ".repeat(300) : ""}# é${number % 3 === 0 ? "\n" : ""}`;
  const code = Array.from({ length: 420 }, (_, number) => line(number)).join("\n");
  await model.answers(question, [say(`${fence}\n${code}`, 0), hold(question), say(`\n${fence}\n\nDone.`)]);
  await page.goto("/chat");
  await ask(page, question);
  const program = answers(page).locator("pre");
  await expect(program).toContainText("total_419");
  const whole = async () => {
    await program.focus();
    await program.evaluate((pre) => getSelection()?.selectAllChildren(pre));
    await page.keyboard.press("ControlOrMeta+c");
    await messageBox(page).focus();
    await page.keyboard.press("ControlOrMeta+v");
    await expect(messageBox(page)).toHaveValue(code);
    await messageBox(page).fill("");
    return program.evaluate(({ scrollWidth, clientHeight }) => ({ scrollWidth, clientHeight }));
  };
  const growing = await whole();
  expect(growing.scrollWidth).toBeGreaterThan(2_400);
  await model.open(question);
  await answered(page);
  expect(await whole()).toEqual(growing);
  await page.reload();
  await expect(program).toContainText("total_419");
  expect(await whole()).toEqual(growing);
  expect(await page.evaluate(() => find("total_33 =", false, false, true))).toBe(true);
  expect(await program.evaluate((pre) => pre.contains(getSelection()?.anchorNode ?? null))).toBe(true);
});

/// The browser's own, which no type tells of.
declare function find(text: string, caseSensitive: boolean, backwards: boolean, wraps: boolean): boolean;

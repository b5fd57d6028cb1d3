import { hold, say } from "../servers/steps.ts";
import { answers, ask, expect, messageBox, newQuestion, test } from "../stories/support.ts";
import { atLeisure, frameCosts } from "./browser.ts";
import { keep, percentile, rounded } from "./figures.ts";

const lines = 5_000;
const pace = 5;
const typed = "What a person types while an answer is being written, with nothing in their way.";

const kinds = {
  prose: (count: number) =>
    Array.from({ length: count / 2 }, (_, line) =>
      line % 9 === 0
        ? `## Part ${line}\n`
        : `Line ${line} tells of **tides** and of \`code\`, and of what follows.\n`,
    ).join("\n"),
  code: (count: number) =>
    `\`\`\`python\n${Array.from({ length: count }, (_, line) => `total_${line} = measure(samples[${line}])  # line ${line}`).join("\n")}`,
};

for (const [kind, text] of Object.entries(kinds)) {
  test(`typing beside an answer of ${kind} that grows`, async ({ page, browser, account: _, model }) => {
    const question = newQuestion(`A long answer of ${kind}?`);
    const gate = `the answer of ${question} has grown`;
    // 200 words a second, for longer than the typing takes.
    const more = Array.from({ length: 12_000 }, (_, word) => `word${word}`).join(" ");
    await model.answers(question, [say(text(lines), 0), hold(gate), say(`\n${more}`, pace)]);
    await page.goto("/chat");
    await ask(page, question);
    await expect(answers(page).last()).toContainText(
      kind === "code" ? `line ${lines - 1}` : `Line ${lines / 2 - 1} tells`,
      {
        timeout: 120_000,
      },
    );
    await atLeisure(page);
    await model.open(gate);
    await expect(answers(page).last()).toContainText("word20");
    const delays = await keyDelays(page);
    const costs = await frameCosts(browser, page, () =>
      messageBox(page).pressSequentially(typed, { delay: 60, timeout: 300_000 }),
    );
    await expect(messageBox(page)).toHaveValue(typed);
    await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
    const keys = await delays();
    keep(`typing-${kind}`, {
      lines,
      wordsPerSecond: 1000 / pace,
      frames: costs.length,
      costP50: rounded(percentile(costs, 0.5), 1),
      costP95: rounded(percentile(costs, 0.95), 1),
      costP99: rounded(percentile(costs, 0.99), 1),
      keyP50: rounded(percentile(keys, 0.5), 1),
      keyP95: rounded(percentile(keys, 0.95), 1),
    });
    await page.getByRole("button", { name: "Stop" }).click();
  });
}

/// From the moment that a key is pressed to the frame that shows it.
async function keyDelays(page: Parameters<typeof atLeisure>[0]): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const delays: number[] = [];
    Object.assign(window, { keyDelays: delays });
    addEventListener(
      "keydown",
      (event) => requestAnimationFrame((now) => delays.push(now - event.timeStamp)),
      true,
    );
  });
  return () => page.evaluate(() => (window as unknown as { keyDelays: number[] }).keyDelays);
}

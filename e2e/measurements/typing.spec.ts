import { hold, say } from "../servers/steps.ts";
import { answers, ask, expect, messageBox, newQuestion, test } from "../stories/support.ts";
import { atLeisure, frameCosts, slowDown } from "./browser.ts";
import { keep, percentile, rounded } from "./figures.ts";

const lines = 5_000;
/// More than are written while somebody types.
const furtherLines = 2_000;
const times = 4;
const pace = 5;
const typed = "What a person types while an answer is being written, with nothing in their way.";

const kinds = {
  prose: {
    begin: "",
    line: (line: number) =>
      line % 18 === 0
        ? `## Part ${line}`
        : line % 2 === 0
          ? `Line ${line} tells of **tides** and of \`code\`, and of what follows.`
          : "",
  },
  code: {
    begin: "```python\n",
    line: (line: number) => `total_${line} = measure(samples[${line}])  # line ${line}`,
  },
};

for (const [kind, { begin, line }] of Object.entries(kinds)) {
  test(`typing beside an answer of ${kind} that grows`, async ({ page, browser, account: _, model }) => {
    const question = newQuestion(`A long answer of ${kind}?`);
    const gate = `the answer of ${question} has grown`;
    const text = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => `${line(from + index)}\n`).join("");
    await model.answers(question, [
      say(begin + text(0, lines), 0),
      hold(gate),
      say(text(lines, lines + furtherLines), pace),
    ]);
    await page.goto("/chat");
    await ask(page, question);
    const end = (count: number) => (kind === "code" ? `# line ${count - 1}` : `Line ${count - 2} tells`);
    await expect(answers(page).last()).toContainText(end(lines), { timeout: 120_000 });
    await atLeisure(page);
    const slowed = await slowDown(page, times);
    await model.open(gate);
    await expect(answers(page).last()).toContainText(end(lines + 4));
    const delays = await keyDelays(page);
    const type = async () => {
      await messageBox(page).fill("");
      const costs = await frameCosts(browser, page, () =>
        messageBox(page).pressSequentially(typed, { delay: 60, timeout: 300_000 }),
      );
      await expect(messageBox(page)).toHaveValue(typed);
      await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
      return costs;
    };
    const costs = await type();
    const keys = await delays();
    await slowed.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    const costsAtFullSpeed = await type();
    keep(`typing-${kind}`, {
      lines,
      wordsPerSecond: 1000 / pace,
      frames: costs.length,
      costP50: rounded(percentile(costs, 0.5), 1),
      costP95: rounded(percentile(costs, 0.95), 1),
      costP99: rounded(percentile(costs, 0.99), 1),
      fullSpeedP50: rounded(percentile(costsAtFullSpeed, 0.5), 1),
      fullSpeedP95: rounded(percentile(costsAtFullSpeed, 0.95), 1),
      fullSpeedP99: rounded(percentile(costsAtFullSpeed, 0.99), 1),
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

import { hold, say, words } from "../servers/steps.ts";
import {
  answered,
  answers,
  ask,
  chatIdOf,
  expect,
  newQuestion,
  shownTexts,
  storedMessages,
  test,
  watchAnswer,
} from "./support.ts";

const reloads = 20;

/// How far a page has come when it is reloaded.
const stages = ["commit", "domcontentloaded", "load", "shown"] as const;

/// Chance with a fixed seed: the same moments each time.
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test("reloaded twenty times at random while it is written, an answer is the same text", async ({
  page,
  account,
  model,
}) => {
  test.setTimeout(180_000);
  const question = newQuestion("Will you say the same each time?");
  const whole = words(1, 500);
  await model.answers(question, [say(words(1, 400), 25), hold(question), say(` ${words(401, 500)}`)]);
  await watchAnswer(page);
  await page.goto("/chat");
  await ask(page, question);
  await expect(answers(page)).toContainText("word1 ");
  const next = chance(20);
  for (let time = 0; time < reloads; time += 1) {
    const stage = stages[Math.floor(next() * stages.length)] ?? "shown";
    await page.reload({ waitUntil: stage === "shown" ? "commit" : stage });
    if (stage === "shown") await expect(answers(page)).toContainText("word1 ");
    for (const text of await shownTexts(page)) expect(whole.startsWith(text), text.slice(-60)).toBe(true);
  }
  await model.open(question);
  await expect(answers(page)).toHaveText(whole);
  await answered(page);
  expect(await storedMessages(account, chatIdOf(page))).toMatchObject([
    { content: question },
    { content: whole, status: "complete" },
  ]);
  expect(await model.timesAsked(question)).toBe(1);
});

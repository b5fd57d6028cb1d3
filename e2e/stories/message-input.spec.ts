import type { Page } from "@playwright/test";
import { hold, say, words } from "../servers/steps.ts";
import {
  answered,
  answers,
  ask,
  askInNewChat,
  expect,
  messageBox,
  newQuestion,
  questions,
  test,
  whenConnected,
} from "./support.ts";

const note = (page: Page, text: string) => page.getByRole("status").getByText(text);

test("earlier questions are called back from the empty box, and what is typed is left alone", async ({
  page,
  account: _,
}) => {
  const [first, second] = [newQuestion("Which came first?"), newQuestion("And which\ncame second?")];
  await askInNewChat(page, first);
  await messageBox(page).fill(second);
  await messageBox(page).press("Enter");
  await expect(answers(page)).toHaveCount(2);
  await answered(page);

  const box = messageBox(page);
  await box.press("ArrowUp");
  await expect(box).toHaveValue(second);
  await box.press("ArrowUp");
  await expect(box).toHaveValue(first);
  await box.press("ArrowUp");
  await expect(box).toHaveValue(first);
  await box.press("ArrowDown");
  await box.press("ArrowDown");
  await expect(box).toHaveValue("");

  await box.press("ArrowUp");
  await box.pressSequentially(" Really?");
  await box.press("ArrowUp");
  await expect(box).toHaveValue(`${second} Really?`);
  await page.reload();
  await expect(box).toHaveValue(`${second} Really?`);
});

test("Enter sends, Shift+Enter begins a line, and the Enter of an input method does neither", async ({
  page,
  account: _,
}) => {
  await page.goto("/chat");
  const box = messageBox(page);
  await box.pressSequentially("one");
  await box.press("Shift+Enter");
  await box.pressSequentially("two");
  await box.evaluate((area) =>
    area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true })),
  );
  await box.evaluate((area) =>
    area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true })),
  );
  await expect(box).toHaveValue("one\ntwo");
  await expect(questions(page)).toHaveCount(0);
  await box.press("Enter");
  await expect(questions(page)).toHaveText(["one\ntwo"]);
});

test("a long text is counted, and one that is too long is neither cut nor sent", async ({
  page,
  account: _,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/chat");
  const paste = async (length: number) => {
    await page.evaluate((count) => navigator.clipboard.writeText("a".repeat(count)), length);
    await messageBox(page).focus();
    await page.keyboard.press("ControlOrMeta+v");
  };
  await paste(48_213);
  await expect(note(page, "48,213 characters pasted")).toBeVisible();
  await paste(46_000);
  await expect(note(page, "94,213 of 100,000 characters")).toBeVisible();
  await paste(10_000);
  await expect(note(page, "104,213 of at most 100,000 characters. Shorten it to send it.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send" })).toBeDisabled();
  await messageBox(page).press("Enter");
  expect((await messageBox(page).inputValue()).length).toBe(104_213);
  await expect(questions(page)).toHaveCount(0);
});

test("a file that is dropped becomes text in the box, and one that is no text is named", async ({
  page,
  account: _,
}) => {
  await page.goto("/chat");
  await messageBox(page).fill("What is wrong here?");
  const files = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["day,height\n1,4.2\n"], "tides.csv"));
    transfer.items.add(new File([new Uint8Array([0xff, 0xd8, 0xff])], "photo.jpg"));
    return transfer;
  });
  // What reads files comes when it is needed, and may be long in coming.
  let read = () => {};
  const typed = new Promise<void>((resolve) => {
    read = resolve;
  });
  let waits = false;
  await page.route("**/assets/text-files-*.js", async (route) => {
    waits = true;
    await typed;
    await route.fallback();
  });
  await page.locator("main").dispatchEvent("drop", { dataTransfer: files });
  await expect.poll(() => waits).toBe(true);
  await messageBox(page).press("End");
  await messageBox(page).pressSequentially(" Look:");
  read();
  await expect(messageBox(page)).toHaveValue(
    "What is wrong here? Look:\n\ntides.csv\n```\nday,height\n1,4.2\n```",
  );
  await expect(note(page, "photo.jpg was left out.")).toBeVisible();
});

test("who types in one tab is seen to type in the other, for a moment", async ({
  page,
  account: _,
  context,
  model,
}) => {
  await askInNewChat(page, newQuestion("Who is there?"));
  const other = await context.newPage();
  const ready = whenConnected(other);
  await other.goto(page.url());
  await expect(questions(other)).toHaveCount(1);
  await ready;
  const question = newQuestion("And now?");
  await model.answers(question, [say("Now.")]);
  const typing = note(other, "You are typing on another device or in another tab.");
  await expect(async () => {
    await messageBox(page).pressSequentially("a");
    await expect(typing).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(note(page, "You are typing on another device")).toHaveCount(0);
  await ask(page, question);
  await expect(answers(other).last()).toHaveText("Now.");
  await expect(typing).toHaveCount(0);
});

test("Stop stays through a reload, for as long as the answer is written", async ({
  page,
  account: _,
  model,
}) => {
  const question = newQuestion("When do you stop?");
  await model.answers(question, [say(words(1, 3)), hold(question)]);
  await page.goto("/chat");
  await ask(page, question);
  const stop = page.getByRole("button", { name: "Stop" });
  await expect(stop).toBeEnabled();
  await expect(answers(page)).toHaveText(words(1, 3));
  await page.reload();
  await messageBox(page).fill("typed meanwhile");
  await expect(stop).toBeEnabled();
  await stop.click();
  await answered(page);
  await expect(messageBox(page)).toHaveValue("typed meanwhile");
  await model.open(question);
});

test.describe("with many models", () => {
  const capabilities = { vision: false, reasoning: false, tools: false };
  const models = Array.from({ length: 12 }, (_, index) => ({
    id: `provider/model-${index}`,
    name: `model-${index}`,
    provider: "provider",
    default: index === 0,
    context_window: index === 7 ? 128_000 : null,
    capabilities: index === 7 ? { vision: true, reasoning: true, tools: true } : capabilities,
  }));

  test("one is found by what it can do, with the keyboard alone", async ({ page, account: _ }) => {
    await page.route("**/api/v1/models/", (route) =>
      route.fulfill({ json: { success: true, data: { items: models }, message: "OK" } }),
    );
    await page.goto("/chat");
    await page.getByRole("button", { name: "Model: model-0" }).press("Enter");
    const field = page.getByRole("combobox", { name: "Model" });
    await expect(page.getByRole("option")).toHaveCount(12);
    await field.fill("images reas");
    await expect(page.getByRole("option")).toHaveText([
      /model-7.*provider · 128k tokens · images · tools · reasoning/i,
    ]);
    await field.press("Enter");
    await expect(page.getByRole("button", { name: "Model: model-7" })).toBeVisible();
    await expect(field).toHaveCount(0);
  });
});

test.describe("with a browser that recognizes speech", () => {
  test.beforeEach(({ page }) =>
    page.addInitScript(() => {
      class Pretended {
        lang = "";
        onresult: ((event: object) => void) | null = null;
        onerror: ((event: object) => void) | null = null;
        onend: (() => void) | null = null;
        start() {
          Object.assign(window, { heard: this });
        }
        stop() {
          this.onend?.();
        }
        abort() {
          this.onend?.();
        }
      }
      Object.assign(window, { SpeechRecognition: Pretended });
    }),
  );

  const hear = (page: Page, ...parts: string[]) =>
    page.evaluate((said) => {
      const { heard } = window as unknown as { heard: { onresult: ((event: object) => void) | null } };
      heard.onresult?.({ results: said.map((transcript) => [{ transcript }]) });
    }, parts);

  test("what is said is written behind what is typed, until somebody types", async ({ page, account: _ }) => {
    await page.goto("/chat");
    await messageBox(page).fill("Tell me:");
    await page.getByRole("button", { name: "Dictate" }).click();
    await expect(note(page, "Listening.")).toBeVisible();
    expect(await page.evaluate(() => (window as unknown as { heard: { lang: string } }).heard.lang)).toBe(
      "en-GB",
    );
    await hear(page, "why is the");
    await expect(messageBox(page)).toHaveValue("Tell me: why is the");
    await hear(page, "why is the sky", " blue");
    await expect(messageBox(page)).toHaveValue("Tell me: why is the sky blue");
    await messageBox(page).press("End");
    await messageBox(page).pressSequentially("?");
    await expect(page.getByRole("button", { name: "Dictate" })).toHaveAttribute("aria-pressed", "false");
    await hear(page, "something that came late");
    await expect(messageBox(page)).toHaveValue("Tell me: why is the sky blue?");
  });

  test("a microphone that is not allowed is told", async ({ page, account: _ }) => {
    await page.goto("/chat");
    await page.getByRole("button", { name: "Dictate" }).click();
    await page.evaluate(() => {
      const { heard } = window as unknown as {
        heard: { onerror: (event: object) => void; stop: () => void };
      };
      heard.onerror({ error: "not-allowed" });
      heard.stop();
    });
    await expect(note(page, "The browser does not allow the microphone here.")).toBeVisible();
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });

  test("a button begins a new line where the cursor is", async ({ page, account: _ }) => {
    await page.goto("/chat");
    await messageBox(page).fill("one two");
    await messageBox(page).evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(3, 4));
    await page.getByRole("button", { name: "New line" }).tap();
    await expect(messageBox(page)).toHaveValue("one\ntwo");
    await expect(messageBox(page)).toBeFocused();
    await messageBox(page).press("Enter");
    await expect(questions(page)).toHaveText(["one\ntwo"]);
  });
});

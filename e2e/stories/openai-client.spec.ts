import { randomUUID } from "node:crypto";
import OpenAI, { AuthenticationError, BadRequestError, InternalServerError, NotFoundError } from "openai";
import { fail, hold, say, words } from "../servers/steps.ts";
import { test as base, expect } from "./support.ts";

/// A program of the person's, which speaks to Parley as it would to OpenAI.
const test = base.extend<{ program: OpenAI }>({
  program: async ({ account, baseURL }, use) => {
    const made = await account.api.post("/api/v1/auth/keys", { data: { name: "a program" } });
    const { data } = await made.json();
    await use(new OpenAI({ apiKey: data.key, baseURL: `${baseURL}/v1`, maxRetries: 0 }));
  },
});

const model = "gpt-oss-120b";
const asked = (question: string) => ({ model, messages: [{ role: "user" as const, content: question }] });
const newWord = () => `Question ${randomUUID()}`;

test("OpenAI's own client lists the models and reads whole answers", async ({ program, model: scripted }) => {
  const question = newWord();
  await scripted.answers(question, [say(words(1, 12), 0)]);

  const models = await program.models.list();
  const answer = await program.chat.completions.create(asked(question));

  expect(models.data.map(({ id }) => id)).toContain(model);
  expect(answer.choices[0]?.message.content).toBe(words(1, 12));
  expect(answer.choices[0]?.finish_reason).toBe("stop");
  expect(answer.usage?.total_tokens).toBe(14);
});

test("OpenAI's own client reads an answer while it is written, and stops it by leaving", async ({
  program,
  model: scripted,
}) => {
  const question = newWord();
  await scripted.answers(question, [say(words(1, 10), 0)]);
  const stream = await program.chat.completions.create({
    ...asked(question),
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = "";
  let tokens = 0;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? "";
    tokens += chunk.usage?.completion_tokens ?? 0;
  }
  expect(text).toBe(words(1, 10));
  expect(tokens).toBe(10);

  const endless = newWord();
  await scripted.answers(endless, [say(words(1, 5), 0), hold("never opened")]);
  const abandoned = await program.chat.completions.create({ ...asked(endless), stream: true });
  for await (const chunk of abandoned) {
    if (chunk.choices[0]?.delta.content?.startsWith("word5")) break;
  }
  expect(abandoned.controller.signal.aborted).toBe(true);
});

test("OpenAI's own client asks what texts mean, in the form that it chooses by itself", async ({
  program,
}) => {
  const answer = await program.embeddings.create({ model: "meaning", input: ["one", "two words"] });

  expect(answer.data.map(({ embedding }) => embedding)).toEqual([
    [3, 0.5],
    [9, 0.5],
  ]);
});

test("OpenAI's own client tells failures apart", async ({ program, baseURL, model: scripted }) => {
  const question = newWord();
  await scripted.answers(question, [fail(500)]);

  await expect(program.chat.completions.create({ ...asked(question), model: "none" })).rejects.toThrow(
    NotFoundError,
  );
  await expect(program.chat.completions.create({ ...asked(question), temperature: 3 })).rejects.toThrow(
    BadRequestError,
  );
  await expect(program.chat.completions.create(asked(question))).rejects.toThrow(InternalServerError);
  const stranger = new OpenAI({ apiKey: "parley_unknown", baseURL: `${baseURL}/v1`, maxRetries: 0 });
  await expect(stranger.models.list()).rejects.toThrow(AuthenticationError);
});

import { type APIRequestContext, expect } from "@playwright/test";
import { fail, hold, say, think } from "../servers/steps.ts";
import { password, type ScriptedModel } from "../stories/support.ts";
import * as texts from "./texts.ts";

/// The chats that the pictures show, by their ids.
export interface Seed {
  conversation: string;
  longTitle: string;
  failed: string;
  streaming: string;
}

export const regular = { email: "ada@example.com", password, first_name: "Ada", last_name: "Marin" };
export const newcomer = { email: "grace@example.com", password, first_name: "Grace", last_name: "Holm" };
export const operator = { email: "mary@example.com", password, first_name: "Mary", last_name: "Sund" };
export const picturesAreTaken = "the pictures are taken";

/// @param api signed in as the regular
export async function seed(api: APIRequestContext, model: ScriptedModel): Promise<Seed> {
  const create = async (title: string): Promise<string> => {
    const response = await api.post("/api/v1/chats/", { data: { title } });
    expect(response.status()).toBe(201);
    return (await response.json()).data.id;
  };
  const ask = (chatId: string, content: string) =>
    api.post(`/api/v1/chats/${chatId}/messages/`, { data: { content } });

  // On a server that goes on running, the chats of the last time would stand beside these.
  const before = await (await api.get("/api/v1/chats/?limit=100")).json();
  for (const { id } of before.data.items) await api.delete(`/api/v1/chats/${id}/`);

  for (const title of texts.otherTitles) await ask(await create(title), texts.shortQuestion);

  await model.answers(texts.longQuestion, [say(texts.longAnswer, 0)]);
  const longTitle = await create(texts.longTitle);
  await ask(longTitle, texts.longQuestion);

  await model.answers(texts.failingQuestion, [fail(500)]);
  const failed = await create("Swell forecast");
  await ask(failed, texts.failingQuestion);

  await model.answers(texts.streamingQuestion, [
    think(texts.thoughts),
    say(texts.unfinishedAnswer, 0),
    hold(picturesAreTaken),
  ]);
  const streaming = await create("Estuaries and salt");
  // This answer is complete when all pictures are taken: nobody waits for it here.
  ask(streaming, texts.streamingQuestion).catch(() => {});

  const conversation = await create("Why there are two tides a day");
  for (const [question, answer] of texts.conversation) {
    await model.answers(question, [say(answer, 0)]);
    await ask(conversation, question);
  }
  await api.delete("/api/v1/memories/");
  for (const content of texts.memories) {
    expect((await api.post("/api/v1/memories/", { data: { content } })).status()).toBe(201);
  }
  return { conversation, longTitle, failed, streaming };
}

import { type AnswerEvent, readAnswer } from "./answer-events";
import { call, open } from "./http";
import type { Chat, Message, MessagePage, Rating, SendMessage } from "./types";

const path = (chatId: string, messageId?: string) =>
  `/api/v1/chats/${chatId}/messages/${messageId === undefined ? "" : `${messageId}/`}`;

const eventStream = "text/event-stream";

/// Where a page of messages lies: behind a cursor, around a message, or at the end of the branch that is shown.
export interface MessagePlace {
  cursor?: string;
  around?: string;
}

const messagesPerPage = 100;

export const listMessages = (chatId: string, { cursor, around }: MessagePlace, signal?: AbortSignal) =>
  call<MessagePage>("GET", path(chatId), { query: { cursor, around, limit: messagesPerPage }, signal });

export async function sendMessage(
  chatId: string,
  body: SendMessage,
  signal: AbortSignal,
): Promise<AsyncGenerator<AnswerEvent>> {
  return readAnswer(await open("POST", path(chatId), { body, signal, accept: eventStream }));
}

export async function regenerate(
  chatId: string,
  messageId: string,
  body: { client_id: string; model?: string },
  signal: AbortSignal,
): Promise<AsyncGenerator<AnswerEvent>> {
  const url = `${path(chatId, messageId)}regenerate/`;
  return readAnswer(await open("POST", url, { body, signal, accept: eventStream }));
}

/// Joins an answer that is being written. @param after the last event that was seen, null for all from the start
export async function joinAnswer(
  chatId: string,
  messageId: string,
  after: number | null,
  signal: AbortSignal,
): Promise<AsyncGenerator<AnswerEvent>> {
  const url = `${path(chatId, messageId)}stream/`;
  return readAnswer(await open("GET", url, { query: { after }, signal, accept: eventStream }));
}

export const stopAnswer = (chatId: string, messageId: string) =>
  call<Message>("POST", `${path(chatId, messageId)}stop/`);

export const deleteMessage = (chatId: string, messageId: string) =>
  call<null>("DELETE", path(chatId, messageId));

export const rateMessage = (chatId: string, messageId: string, rating: Rating | null) =>
  call<Message>("PUT", `${path(chatId, messageId)}feedback/`, { body: { rating } });

export const switchBranch = (chatId: string, messageId: string) =>
  call<Chat>("PUT", `/api/v1/chats/${chatId}/current/`, { body: { message_id: messageId } });

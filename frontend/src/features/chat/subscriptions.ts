import type { ClientFrame } from "@/api/live-frames";

type Send = (frame: ClientFrame) => void;

/// An answer, and the last event that was seen of it.
interface Position {
  message_id: string;
  after: number | undefined;
}

/// Whose answers this tab hears of over its live connection: those of the chat on the screen, and those it
/// began to read there. Each is subscribed to once a connection, or its text would come twice.
export class Subscriptions {
  private send: Send | null = null;
  private watched: string | null = null;
  private readonly read = new Map<string, () => Position>();
  /// What a request of this tab brings already need not come a second time.
  private readonly muted = new Map<string, number>();
  private current: ReadonlySet<string> = new Set();

  constructor(private readonly ended: (chatId: string) => void) {}

  connected(send: Send) {
    this.send = send;
    this.current = new Set();
    this.update();
  }

  lost() {
    this.send = null;
    for (const chatId of this.current) this.ended(chatId);
    this.current = new Set();
  }

  /// @returns false where there is no connection to say it over
  say(frame: ClientFrame): boolean {
    this.send?.(frame);
    return this.send !== null;
  }

  watch(chatId: string | null) {
    this.watched = chatId;
    this.update();
  }

  /// @param position asked for when a connection begins
  /// @param heard whether the answer is told already
  follow(chatId: string, position: () => Position, heard: boolean) {
    this.read.set(chatId, position);
    // One that has ended meanwhile is told to those alone who name it.
    if (this.current.has(chatId) && !heard)
      this.send?.({ type: "subscribe", chat_id: chatId, ...position() });
    else this.update();
  }

  unfollow(chatId: string) {
    this.read.delete(chatId);
    this.update();
  }

  mute(chatId: string) {
    this.muted.set(chatId, (this.muted.get(chatId) ?? 0) + 1);
    this.update();
  }

  unmute(chatId: string) {
    const times = this.muted.get(chatId) ?? 0;
    if (times > 1) this.muted.set(chatId, times - 1);
    else this.muted.delete(chatId);
    this.update();
  }

  private update() {
    const { send, current } = this;
    if (send === null) return;
    const chats = new Set(this.read.keys());
    if (this.watched !== null) chats.add(this.watched);
    for (const chatId of this.muted.keys()) chats.delete(chatId);
    this.current = chats;
    for (const chatId of current) {
      if (chats.has(chatId)) continue;
      send({ type: "unsubscribe", chat_id: chatId });
      this.ended(chatId);
    }
    for (const chatId of chats) {
      if (!current.has(chatId)) send({ type: "subscribe", chat_id: chatId, ...this.read.get(chatId)?.() });
    }
  }
}

import type { SharedStorage } from "@/api/tab-lock";
import type { Opening } from "./opening";

/// A question that the server has not acknowledged yet. Sending it again is safe: its ids make it the same.
export interface Unsent {
  clientId: string;
  conversation: string;
  /// Null while the chat itself has still to be created.
  chatId: string | null;
  parentId: string | null | undefined;
  content: string;
  /// What the chat is to be created with.
  opening: Opening;
  at: number;
  tab: string;
}

/// How long a question belongs to the tab that asked it before any other may send it.
const orphanedAfterMillis = 60_000;

/// Kept in localStorage because a write there has happened when it returns: the tab may be closed in the
/// same instant in which Enter was pressed.
export class Outbox {
  constructor(
    private readonly storage: SharedStorage,
    private readonly key: string,
    private readonly tab: string,
    private readonly now: () => number = Date.now,
  ) {}

  all(): Unsent[] {
    try {
      const kept: unknown = JSON.parse(this.storage.getItem(this.key) ?? "[]");
      return Array.isArray(kept) ? (kept as Unsent[]) : [];
    } catch {
      return [];
    }
  }

  put(question: Omit<Unsent, "at" | "tab">) {
    const others = this.all().filter(({ clientId }) => clientId !== question.clientId);
    this.write([...others, { ...question, at: this.now(), tab: this.tab }]);
  }

  remove(clientId: string) {
    this.write(this.all().filter((question) => question.clientId !== clientId));
  }

  /// The question of this chat which this tab should send now. Without a chat, it is one that was asked in
  /// a new chat, whether that exists by now or not: this page never reached its address.
  waiting(chatId: string | null): Unsent | undefined {
    return this.all().find(
      (question) =>
        (question.chatId === chatId || (chatId === null && question.conversation !== question.chatId)) &&
        (question.tab === this.tab || this.now() - question.at > orphanedAfterMillis),
    );
  }

  private write(questions: Unsent[]) {
    if (questions.length === 0) this.storage.removeItem(this.key);
    else this.storage.setItem(this.key, JSON.stringify(questions));
  }
}

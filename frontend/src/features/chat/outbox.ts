import type { SharedStorage } from "@/api/tab-lock";
import type { Presence } from "@/lib/tab-presence";
import type { Failure } from "./live-answer";
import type { Opening } from "./opening";

/// A question that the server has not acknowledged yet. Sending it again is safe: its ids make it the same.
export interface Unsent {
  clientId: string;
  conversation: string;
  /// Null while the chat itself has still to be created.
  chatId: string | null;
  /// It was asked in a new chat, whose address the page may not have reached yet.
  isNew?: boolean;
  /// Absent for one that goes below whatever is last when its turn comes.
  parentId: string | null | undefined;
  content: string;
  /// What the chat is to be created with.
  opening: Opening;
  /// Why the server did not take it. It is sent again when its person says so.
  refusal?: Failure | undefined;
  askedAt: number;
  /// The tab that sends it, and when that was last there.
  tab: string;
  seenAt: number;
}

export type Question = Omit<Unsent, "askedAt" | "tab" | "seenAt">;

/// What of a storage an outbox needs.
export type ListedStorage = SharedStorage & { keys: () => string[] };

/// How long a question belongs to a tab that is not heard of any more. A hidden tab may speak once a minute.
const orphanedAfterMillis = 150_000;

/// Kept in localStorage because a write there has happened when it returns: the tab may be closed in the same instant
/// in which Enter was pressed. Each question has a key of its own, so that tabs do not overwrite each other's.
export class Outbox {
  constructor(
    private readonly storage: ListedStorage,
    private readonly prefix: string,
    private readonly tab: string,
    private readonly now: () => number = Date.now,
  ) {}

  /// In the order in which they were asked.
  all(): Unsent[] {
    return this.storage
      .keys()
      .flatMap((key) => (key.startsWith(`${this.prefix}.`) ? (this.read(key) ?? []) : []))
      .sort((one, other) => one.askedAt - other.askedAt);
  }

  /// Those that this tab sends: its own, and those of tabs that are gone.
  /// @param present the tabs that are there; null where nobody knows, and a tab counts as gone after a while
  own(present: Presence | null = null): Unsent[] {
    // A tab that came after they were counted is not gone.
    const isGone = ({ tab, seenAt }: Unsent) =>
      present === null
        ? this.now() - seenAt > orphanedAfterMillis
        : seenAt < present.at && !present.tabs.has(tab);
    return this.all().filter((question) => question.tab === this.tab || isGone(question));
  }

  /// One that is here already keeps its place.
  put(question: Question) {
    const questions = this.all();
    const known = questions.find(({ clientId }) => clientId === question.clientId);
    const askedAt = known?.askedAt ?? Math.max(this.now(), (questions.at(-1)?.askedAt ?? 0) + 1);
    this.write({ isNew: question.chatId === null, ...question, askedAt, tab: this.tab, seenAt: this.now() });
  }

  remove(clientId: string) {
    this.storage.removeItem(this.keyOf(clientId));
  }

  /// The chat of a conversation exists from now on.
  nameChat(conversation: string, chatId: string) {
    for (const question of this.all()) {
      if (question.conversation === conversation && question.chatId === null)
        this.write({ ...question, chatId });
    }
  }

  /// This tab is still there.
  stay() {
    this.sign(this.now());
  }

  /// This tab goes: what it has not sent is anybody's, also its own when it comes back.
  leave() {
    this.sign(0);
  }

  private sign(seenAt: number) {
    for (const question of this.all()) {
      if (question.tab === this.tab) this.write({ ...question, seenAt });
    }
  }

  private keyOf(clientId: string) {
    return `${this.prefix}.${clientId}`;
  }

  private read(key: string): Unsent | null {
    try {
      return JSON.parse(this.storage.getItem(key) ?? "null") as Unsent | null;
    } catch {
      return null;
    }
  }

  private write(question: Unsent) {
    this.storage.setItem(this.keyOf(question.clientId), JSON.stringify(question));
  }
}

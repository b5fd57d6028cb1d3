import type { SharedStorage } from "@/api/tab-lock";

/// What was typed and not sent, one text a chat and one for the next new chat.
export class Drafts {
  constructor(
    private readonly storage: SharedStorage,
    private readonly prefix: string,
  ) {}

  read(chatId: string | undefined): string {
    return this.storage.getItem(this.key(chatId)) ?? "";
  }

  write(chatId: string | undefined, text: string) {
    if (text.trim() === "") this.storage.removeItem(this.key(chatId));
    else this.storage.setItem(this.key(chatId), text);
  }

  private key(chatId: string | undefined): string {
    return `${this.prefix}.${chatId ?? "new"}`;
  }
}

/// The draft of one message box. Other tabs have boxes for the same chat: only what was typed in this one is written,
/// and only what it has read or written itself is erased.
export class BoxDraft {
  /// As it was read or written last.
  private known: string;

  /// @param drafts null while nobody is signed in
  constructor(
    private readonly drafts: () => Drafts | null,
    private chatId: string | undefined,
  ) {
    this.known = drafts()?.read(chatId) ?? "";
  }

  /// What was left when the box appeared, or was written since.
  get text(): string {
    return this.known;
  }

  save(text: string) {
    const drafts = this.drafts();
    if (drafts === null || text === this.known) return;
    const erases = text.trim() === "";
    if (!erases || this.isOwn(drafts)) drafts.write(this.chatId, text);
    this.known = text;
  }

  /// The new chat has got its id, and the box goes on with it.
  moveTo(chatId: string | undefined, text: string) {
    if (chatId === this.chatId) return;
    const drafts = this.drafts();
    if (drafts !== null && this.isOwn(drafts)) drafts.write(this.chatId, "");
    this.chatId = chatId;
    this.known = "";
    this.save(text);
  }

  private isOwn(drafts: Drafts): boolean {
    return drafts.read(this.chatId) === this.known;
  }
}

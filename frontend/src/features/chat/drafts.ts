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

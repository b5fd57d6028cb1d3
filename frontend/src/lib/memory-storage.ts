import type { SharedStorage } from "@/api/tab-lock";

/// A storage in memory, for tests that pretend to be two tabs.
export class MemoryStorage implements SharedStorage {
  readonly entries = new Map<string, string>();

  getItem(key: string): string | null {
    return this.entries.get(key) ?? null;
  }

  setItem(key: string, value: string) {
    this.entries.set(key, value);
  }

  keys(): string[] {
    return [...this.entries.keys()];
  }

  removeItem(key: string) {
    this.entries.delete(key);
  }
}

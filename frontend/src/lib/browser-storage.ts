/// A storage of the browser, or a stand-in that lasts as long as the page where it is forbidden or full.
class BrowserStorage {
  readonly #fallback = new Map<string, string>();

  /// @param storage asked for at each use, since the browser may refuse even to name it
  constructor(private readonly storage: () => Storage) {}

  getItem(key: string): string | null {
    if (this.#fallback.has(key)) return this.#fallback.get(key) ?? null;
    try {
      return this.storage().getItem(key);
    } catch {
      return null;
    }
  }

  setItem(key: string, value: string) {
    try {
      this.storage().setItem(key, value);
      this.#fallback.delete(key);
    } catch {
      this.#fallback.set(key, value);
    }
  }

  removeItem(key: string) {
    this.#fallback.delete(key);
    try {
      this.storage().removeItem(key);
    } catch {
      // What cannot be read need not be removed.
    }
  }

  keys(): string[] {
    const kept = [...this.#fallback.keys()];
    try {
      return [...new Set([...kept, ...Object.keys(this.storage())])];
    } catch {
      return kept;
    }
  }
}

/// Lasts, and is the same in all tabs.
export const browserStorage = new BrowserStorage(() => localStorage);

/// This tab's own, and as old as the tab.
export const tabStorage = new BrowserStorage(() => sessionStorage);

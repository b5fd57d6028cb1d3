/// localStorage, or a stand-in that lasts as long as the page where the browser forbids or has filled it.
class BrowserStorage {
  readonly #fallback = new Map<string, string>();

  getItem(key: string): string | null {
    if (this.#fallback.has(key)) return this.#fallback.get(key) ?? null;
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  setItem(key: string, value: string) {
    try {
      localStorage.setItem(key, value);
      this.#fallback.delete(key);
    } catch {
      this.#fallback.set(key, value);
    }
  }

  removeItem(key: string) {
    this.#fallback.delete(key);
    try {
      localStorage.removeItem(key);
    } catch {
      // What cannot be read need not be removed.
    }
  }

  keys(): string[] {
    const kept = [...this.#fallback.keys()];
    try {
      return [...new Set([...kept, ...Object.keys(localStorage)])];
    } catch {
      return kept;
    }
  }
}

export const browserStorage = new BrowserStorage();

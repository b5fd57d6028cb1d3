/// What was read of an address, and the name that the server gave it.
interface Known {
  tag: string;
  data: object;
  /// Of its text, in characters.
  length: number;
}

const mostAddresses = 200;
const longestText = 100_000;
const mostText = 400_000;

/// Lets a GET be answered by «it is still the same». What was read last is held for that, within bounds; what is longer
/// than most, as a page of messages, is read once in a while and not worth it. It is held in memory alone, so that no
/// page finds what another person's page has read.
export class Revalidation {
  /// The one that was looked at longest ago stands first.
  private readonly known = new Map<string, Known>();
  private held = 0;

  /// What this address read the last time.
  find(url: string): { tag: string; data: object } | undefined {
    const known = this.known.get(url);
    if (known === undefined) return undefined;
    this.known.delete(url);
    this.known.set(url, known);
    return { tag: known.tag, data: known.data };
  }

  keep(url: string, tag: string | null, data: unknown, length: number) {
    this.drop(url);
    if (tag === null || typeof data !== "object" || data === null || length > longestText) return;
    this.known.set(url, { tag, data, length });
    this.held += length;
    for (const oldest of this.known.keys()) {
      if (this.known.size <= mostAddresses && this.held <= mostText) return;
      this.drop(oldest);
    }
  }

  clear() {
    this.known.clear();
    this.held = 0;
  }

  private drop(url: string) {
    this.held -= this.known.get(url)?.length ?? 0;
    this.known.delete(url);
  }
}

/// What was read of an address, and the name that the server gave it.
interface Known {
  tag: string;
  data: WeakRef<object>;
}

/// More addresses than anybody looks at in a while.
const most = 500;

/// Lets a GET be answered by «it is still the same». It holds nothing alive by itself: what nobody shows any longer is
/// read anew. And it is in memory alone, so that no page finds what another person's page has read.
export class Revalidation {
  private readonly known = new Map<string, Known>();

  /// What this address read the last time, where somebody still has it.
  find(url: string): { tag: string; data: object } | undefined {
    const { tag, data } = this.known.get(url) ?? {};
    const held = data?.deref();
    return tag === undefined || held === undefined ? undefined : { tag, data: held };
  }

  keep(url: string, tag: string | null, data: unknown) {
    this.known.delete(url);
    if (tag === null || typeof data !== "object" || data === null) return;
    this.known.set(url, { tag, data: new WeakRef(data) });
    if (this.known.size <= most) return;
    const [oldest] = this.known.keys();
    if (oldest !== undefined) this.known.delete(oldest);
  }
}

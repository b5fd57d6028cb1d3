const own = "localhost";

/// A server whose PARLEY_PUBLIC_URL is not set knows no name of itself that others can open. Where the operator got to
/// it by another one, the link has that.
export function reachable(link: string, origin: string): string {
  const { hostname, pathname, hash } = new URL(link);
  return hostname === own && new URL(origin).hostname !== own ? `${origin}${pathname}${hash}` : link;
}

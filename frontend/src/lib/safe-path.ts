/// Where to go after signing in: a path of this site only, never another origin.
export function safePath(next: string | null): string {
  if (next === null || !next.startsWith("/") || next.startsWith("//") || next.includes("\\")) return "/chat";
  return next;
}

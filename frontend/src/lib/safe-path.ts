/// Where to go after signing in: a path of this site only, never another origin.
export function safePath(next: string | null): string {
  if (next === null || !next.startsWith("/")) return "/chat";
  const here = "https://here.invalid";
  return URL.canParse(next, here) && new URL(next, here).origin === here ? next : "/chat";
}

const browsers: readonly [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\/|Chromium\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const systems: readonly [RegExp, string][] = [
  [/Android/, "Android"],
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];

const first = (names: readonly [RegExp, string][], text: string) =>
  names.find(([pattern]) => pattern.test(text))?.[1];

/// What a person would call the device, null when its browser does not tell.
export function deviceName(userAgent: string | null): string | null {
  if (userAgent === null || userAgent === "") return null;
  const parts = [first(browsers, userAgent), first(systems, userAgent)].filter((part) => part !== undefined);
  if (parts.length > 0) return parts.join(", ");
  return userAgent.split(/[\s/]/)[0] ?? null;
}

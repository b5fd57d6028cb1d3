import { i18n, type Messages } from "@lingui/core";
import { useLingui } from "@lingui/react";
import { useEffect } from "react";
import { tellInOtherWords } from "@/api/server-sentences";
import { browserStorage } from "./browser-storage";
import { useLocalStorage, writeLocalStorage } from "./use-local-storage";

type Direction = "ltr" | "rtl";

interface Language {
  code: string;
  /// As its speakers call it; absent for one that is for trying out and never offered.
  name?: string;
  direction: Direction;
  /// Absent for English, whose words stand where they are said.
  load?: () => Promise<Words>;
}

interface Words {
  messages: Messages;
  /// What the server says in English, in this language.
  sentences: Readonly<Record<string, string>>;
}

const fallback: Language = { code: "en", name: "English", direction: "ltr" };

const languages: readonly Language[] = [
  fallback,
  { code: "de", name: "Deutsch", direction: "ltr", load: () => import("@/locales/german") },
  // The Unicode project's name for English words that run the other way.
  { code: "ar-XB", direction: "rtl" },
];

export const offeredLanguages = languages.flatMap(({ code, name }) =>
  name === undefined ? [] : [{ code, name }],
);

const languageKey = "parley.language";
const system = "system";

const known = (tag: string) => languages.find(({ code }) => code === tag);

/// The language of a choice; the system's is the first of the browser's languages that is offered.
export function languageOf(choice: string | null, browsers: readonly string[]): string {
  const chosen = choice === null ? undefined : known(choice);
  if (chosen !== undefined) return chosen.code;
  const base = browsers.map((tag) => tag.split("-")[0]);
  return base.find((tag) => offeredLanguages.some(({ code }) => code === tag)) ?? fallback.code;
}

/// Dates and numbers as they are written where the browser is at home, where that is a place of the language.
export const formatsOf = (language: string, browsers: readonly string[]): string[] => [
  ...browsers.filter((tag) => tag.split("-")[0] === language),
  language,
];

let wanted = "";

/// Shows the page in a language. One whose words do not arrive is not worth an empty page.
export async function applyLanguage(choice: string | null): Promise<void> {
  const language = known(languageOf(choice, navigator.languages)) ?? fallback;
  wanted = language.code;
  const words = await language.load?.().catch(() => null);
  if (wanted !== language.code) return;
  if (words === null) activate(fallback, null);
  else activate(language, words ?? null);
}

function activate({ code, direction, name }: Language, words: Words | null) {
  const locale = name === undefined ? fallback.code : code;
  document.documentElement.lang = locale;
  document.documentElement.dir = direction;
  tellInOtherWords(words?.sentences ?? {});
  i18n.load(code, words?.messages ?? {});
  i18n.activate(code, formatsOf(locale, navigator.languages));
}

export const chosenLanguage = () => browserStorage.getItem(languageKey);

/// A browser in which nothing was chosen yet takes over what its person chose elsewhere.
export function adoptLanguage(preference: string | null) {
  if (chosenLanguage() === null) writeLocalStorage(languageKey, preference ?? system);
}

/// The choice lives in localStorage, where the next visit finds it before it has asked the server.
export function useLanguage() {
  const [stored, setStored] = useLocalStorage(languageKey, system);
  const language = known(stored)?.code ?? system;
  return { language, setLanguage: setStored };
}

export function useAppliedLanguage() {
  const { language } = useLanguage();
  useEffect(() => void applyLanguage(language), [language]);
}

/// Which way the page reads.
export function useDirection(): Direction {
  const { i18n: current } = useLingui();
  return known(current.locale)?.direction ?? fallback.direction;
}

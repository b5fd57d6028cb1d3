import {
  createHighlighterCore,
  type GrammarState,
  type HighlighterCore,
  type LanguageInput,
  type ThemedToken,
} from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";

const languages: Record<string, () => Promise<{ default: LanguageInput }>> = {
  bash: () => import("shiki/langs/bash.mjs"),
  c: () => import("shiki/langs/c.mjs"),
  cpp: () => import("shiki/langs/cpp.mjs"),
  csharp: () => import("shiki/langs/csharp.mjs"),
  css: () => import("shiki/langs/css.mjs"),
  diff: () => import("shiki/langs/diff.mjs"),
  docker: () => import("shiki/langs/docker.mjs"),
  elixir: () => import("shiki/langs/elixir.mjs"),
  go: () => import("shiki/langs/go.mjs"),
  graphql: () => import("shiki/langs/graphql.mjs"),
  haskell: () => import("shiki/langs/haskell.mjs"),
  html: () => import("shiki/langs/html.mjs"),
  ini: () => import("shiki/langs/ini.mjs"),
  java: () => import("shiki/langs/java.mjs"),
  javascript: () => import("shiki/langs/javascript.mjs"),
  json: () => import("shiki/langs/json.mjs"),
  jsx: () => import("shiki/langs/jsx.mjs"),
  kotlin: () => import("shiki/langs/kotlin.mjs"),
  latex: () => import("shiki/langs/latex.mjs"),
  lua: () => import("shiki/langs/lua.mjs"),
  make: () => import("shiki/langs/make.mjs"),
  markdown: () => import("shiki/langs/markdown.mjs"),
  nginx: () => import("shiki/langs/nginx.mjs"),
  perl: () => import("shiki/langs/perl.mjs"),
  php: () => import("shiki/langs/php.mjs"),
  powershell: () => import("shiki/langs/powershell.mjs"),
  python: () => import("shiki/langs/python.mjs"),
  r: () => import("shiki/langs/r.mjs"),
  ruby: () => import("shiki/langs/ruby.mjs"),
  rust: () => import("shiki/langs/rust.mjs"),
  scala: () => import("shiki/langs/scala.mjs"),
  sql: () => import("shiki/langs/sql.mjs"),
  swift: () => import("shiki/langs/swift.mjs"),
  toml: () => import("shiki/langs/toml.mjs"),
  tsx: () => import("shiki/langs/tsx.mjs"),
  typescript: () => import("shiki/langs/typescript.mjs"),
  xml: () => import("shiki/langs/xml.mjs"),
  yaml: () => import("shiki/langs/yaml.mjs"),
};

const aliases: Record<string, string> = {
  "c#": "csharp",
  "c++": "cpp",
  cc: "cpp",
  cs: "csharp",
  dockerfile: "docker",
  golang: "go",
  hs: "haskell",
  js: "javascript",
  kt: "kotlin",
  makefile: "make",
  md: "markdown",
  mjs: "javascript",
  ps1: "powershell",
  py: "python",
  rb: "ruby",
  rs: "rust",
  sh: "bash",
  shell: "bash",
  svg: "xml",
  tex: "latex",
  ts: "typescript",
  yml: "yaml",
  zsh: "bash",
};

const theme = {
  name: "parley",
  type: "light" as const,
  fg: "var(--code-text)",
  bg: "transparent",
  settings: [
    {
      scope: ["comment", "punctuation.definition.comment"],
      settings: { foreground: "var(--code-comment)", fontStyle: "italic" },
    },
    {
      scope: [
        "keyword",
        "storage",
        "keyword.operator.new",
        "variable.language",
        "entity.name.tag",
        "markup.deleted",
      ],
      settings: { foreground: "var(--code-keyword)" },
    },
    { scope: ["keyword.operator", "punctuation"], settings: { foreground: "var(--code-text)" } },
    {
      scope: ["string", "markup.inserted", "constant.other.symbol"],
      settings: { foreground: "var(--code-string)" },
    },
    {
      scope: ["constant.numeric", "constant.language", "constant.character", "entity.other.attribute-name"],
      settings: { foreground: "var(--code-number)" },
    },
    {
      scope: ["entity.name.function", "support.function", "markup.heading"],
      settings: { foreground: "var(--code-function)" },
    },
    {
      scope: [
        "entity.name.type",
        "entity.name.class",
        "support.type",
        "support.class",
        "entity.name.namespace",
        "support.type.property-name",
      ],
      settings: { foreground: "var(--code-type)" },
    },
  ],
};

export interface CodeToken {
  content: string;
  /// Absent where it has the colour of plain text.
  color: string | undefined;
  italic: boolean;
}

export type CodeLine = readonly CodeToken[];

/// How much is coloured before whatever else waits has its turn.
const linesAtOnce = 8;
const mostKept = 50;

let highlighter: Promise<HighlighterCore> | undefined;
/// By language and program: one that comes into view again is coloured at once.
const kept = new Map<string, Promise<CodeLine[] | null>>();

/// The lines of a program in coloured pieces, null for a language that is not known.
export function highlight(code: string, language: string): Promise<CodeLine[] | null> {
  const name = `${language}\n${code}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  const lines = coloured(code, language);
  kept.set(name, lines);
  lines.catch(() => kept.delete(name));
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return lines;
}

async function coloured(code: string, language: string): Promise<CodeLine[] | null> {
  const asked = language.toLowerCase();
  const name = aliases[asked] ?? asked;
  const load = languages[name];
  if (load === undefined) return null;
  highlighter ??= createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const shiki = await highlighter;
  if (!shiki.getLoadedLanguages().includes(name)) await shiki.loadLanguage((await load()).default);
  const lines = code.split("\n");
  const done: CodeLine[] = [];
  let state: GrammarState | undefined;
  while (done.length < lines.length) {
    const some = lines.slice(done.length, done.length + linesAtOnce).join("\n");
    const { tokens, grammarState } = shiki.codeToTokens(some, {
      lang: name,
      theme: theme.name,
      grammarState: state,
    });
    state = grammarState;
    done.push(...tokens.map(joined));
    await new Promise((resolve) => setTimeout(resolve));
  }
  return done;
}

/// Neighbours that look the same are one piece: each piece that has a colour is an element on the page.
function joined(tokens: ThemedToken[]): CodeToken[] {
  const pieces: CodeToken[] = [];
  for (const { content, color, fontStyle } of tokens) {
    const blank = content.trim() === "";
    const last = pieces.at(-1);
    const piece = {
      content,
      color: color === theme.fg ? undefined : color,
      italic: ((fontStyle ?? 0) & 1) === 1,
    };
    if (last !== undefined && (blank || (last.color === piece.color && last.italic === piece.italic)))
      last.content += content;
    else pieces.push(piece);
  }
  return pieces;
}

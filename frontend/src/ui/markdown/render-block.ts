import type { Element, Root, RootContent } from "hast";
import { type Components, toJsxRuntime } from "hast-util-to-jsx-runtime";
import { type ComponentProps, createElement, Fragment, type ReactElement } from "react";
import { jsx, jsxs } from "react/jsx-runtime";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { CodeBlock } from "./code-block";
import { Diagram } from "./diagram";
import { Formula } from "./formula";
import { Picture } from "./picture";

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkMath, { singleDollarTextMath: false })
  // Raw HTML becomes the text that it is.
  .use(remarkRehype, {
    handlers: { html: (_, node: { value: string }) => ({ type: "text", value: node.value }) },
  });

const safeProtocols = new Set(["http:", "https:", "mailto:"]);

function safeHref(href: unknown): string | undefined {
  if (typeof href !== "string") return undefined;
  if (href.startsWith("#")) return href;
  try {
    const url = new URL(href, location.href);
    return safeProtocols.has(url.protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (node: RootContent | Root): string => {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
};

const isElement = (node: RootContent | undefined, name: string): node is Element =>
  node?.type === "element" && node.tagName === name;

/// The page has one heading above the chat's, and each message has one of its own.
const heading =
  (level: 1 | 2 | 3 | 4 | 5 | 6) =>
  ({ id, dir, children }: ComponentProps<"h1">) =>
    createElement(`h${Math.min(6, level + 2)}`, { id, dir, className: `level-${level}` }, children);

const components: Partial<Components> = {
  h1: heading(1),
  h2: heading(2),
  h3: heading(3),
  h4: heading(4),
  h5: heading(5),
  h6: heading(6),
  a: ({ href, title, id, children, "aria-label": label }) => {
    const safe = safeHref(href);
    if (safe === undefined) return createElement("span", null, children);
    const inside = safe.startsWith("#");
    const elsewhere = inside ? {} : { target: "_blank", rel: "noopener noreferrer nofollow" };
    return createElement("a", { href: safe, title, id, "aria-label": label, ...elsewhere }, children);
  },
  img: ({ alt = "", src }) => createElement(Picture, { alt, src: String(src ?? "") }),
  table: ({ dir, children }) =>
    createElement(
      "div",
      { className: "table-scroll", role: "group", tabIndex: 0 },
      createElement("table", { dir }, children),
    ),
  input: ({ checked }) =>
    createElement("input", {
      type: "checkbox",
      checked: checked === true,
      readOnly: true,
      disabled: true,
      "aria-hidden": true,
    }),
  pre: ({ node }) => {
    const code = node?.children[0];
    if (!isElement(code, "code")) return createElement("pre", null, node === undefined ? null : textOf(node));
    const classes = classNames(code);
    const text = textOf(code).replace(/\n$/, "");
    if (classes.includes("math-display")) return createElement(Formula, { source: text, display: true });
    const growing = node?.properties.growing === true;
    const language = classes.find((name) => name.startsWith("language-"))?.slice("language-".length) ?? "";
    if (language === "mermaid" && !growing) return createElement(Diagram, { source: text });
    return createElement(CodeBlock, { code: text, language, growing });
  },
  code: ({ node, children }) => {
    const formula = node !== undefined && classNames(node).includes("math-inline");
    return formula
      ? createElement(Formula, { source: textOf(node), display: false })
      : createElement("code", null, children);
  },
};

function classNames(element: Element): string[] {
  const { className } = element.properties;
  return Array.isArray(className) ? className.map(String) : [];
}

/// A program inside a list or a quotation has no block of its own that says whether its fence is closed.
function markLastProgram(tree: Root) {
  let last: Root | Element | undefined = tree;
  while (last !== undefined && !isElement(last as Element, "pre"))
    last = (last.children as RootContent[]).findLast((child) => child.type === "element");
  if (last?.type === "element") last.properties.growing = true;
}

/// @param definitions link definitions that stand elsewhere in the text
/// @param growing more will come, so a program at its end may not be whole
export function renderBlock(source: string, definitions: string, growing = false): ReactElement {
  const text = definitions === "" ? source : `${source}\n\n${definitions}`;
  const tree = processor.runSync(processor.parse(text)) as Root;
  // Each block reads in its own language's direction. What stands inside it follows.
  for (const node of tree.children) if (node.type === "element") node.properties.dir = "auto";
  if (growing) markLastProgram(tree);
  return toJsxRuntime(tree, { Fragment, jsx, jsxs, components, ignoreInvalidStyle: true, passNode: true });
}

import type { Element, Root, RootContent } from "hast";
import { type Components, toJsxRuntime } from "hast-util-to-jsx-runtime";
import { createElement, Fragment, type ReactElement } from "react";
import { jsx, jsxs } from "react/jsx-runtime";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { CodeBlock } from "./code-block";
import { Formula } from "./formula";

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

const components: Partial<Components> = {
  a: ({ href, title, id, children, "aria-label": label }) => {
    const safe = safeHref(href);
    if (safe === undefined) return createElement("span", null, children);
    const inside = safe.startsWith("#");
    const elsewhere = inside ? {} : { target: "_blank", rel: "noopener noreferrer nofollow" };
    return createElement("a", { href: safe, title, id, "aria-label": label, ...elsewhere }, children);
  },
  // A picture from elsewhere would tell its host who reads the answer, and the page's policy forbids it.
  img: ({ alt, src }) => {
    const safe = safeHref(src);
    const label = alt === undefined || alt === "" ? String(src ?? "") : alt;
    if (safe === undefined) return createElement("span", null, label);
    return createElement("a", { href: safe, target: "_blank", rel: "noopener noreferrer nofollow" }, label);
  },
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
    const language = classes.find((name) => name.startsWith("language-"))?.slice("language-".length) ?? "";
    return createElement(CodeBlock, { code: text, language });
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

/// @param definitions link definitions that stand elsewhere in the text
export function renderBlock(source: string, definitions: string): ReactElement {
  const text = definitions === "" ? source : `${source}\n\n${definitions}`;
  const tree = processor.runSync(processor.parse(text)) as Root;
  // Each block reads in its own language's direction. What stands inside it follows.
  for (const node of tree.children) if (node.type === "element") node.properties.dir = "auto";
  return toJsxRuntime(tree, { Fragment, jsx, jsxs, components, ignoreInvalidStyle: true, passNode: true });
}

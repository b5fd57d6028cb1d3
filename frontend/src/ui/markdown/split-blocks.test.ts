import { expect, test } from "vitest";
import { definitionsOf, noBlocks, type Split, splitBlocks, unifyFormulas } from "./split-blocks";

const sample = `# Heading

A paragraph with *words*
over two lines.

- one
- two

  still two
- three

\`\`\`js
const a = 1;

// $$ not a formula $$
\`\`\`

$$
a

- b
$$

| a | b |
| - | - |
| 1 | 2 |

> quoted
> lines

1. x
2. y

Setext
======

\\[
x = 1
\\]

[ref]: https://example.com

The end [ref].
`;

const sources = (split: Split) => split.blocks.map(({ source }) => source);

test("the blocks are the text, without loss", () => {
  const split = splitBlocks(sample);
  expect(sources(split).join("")).toBe(sample);
  expect(split.blocks.map(({ at }) => at)).toEqual(
    split.blocks.map((_, index) => sources(split).slice(0, index).join("").length),
  );
});

test("a text that grows by any steps is split as the whole text is", () => {
  for (const step of [1, 3, 17]) {
    let split = noBlocks;
    for (let end = step; end < sample.length + step; end += step) {
      const text = sample.slice(0, end);
      split = splitBlocks(text, split);
      expect(sources(split)).toEqual(sources(splitBlocks(text)));
    }
  }
});

test("settled blocks are the same objects, so they are not rendered again", () => {
  const before = splitBlocks("One.\n\nTwo.\n\nThree.\n\nFour");
  const after = splitBlocks("One.\n\nTwo.\n\nThree.\n\nFour and", before);
  expect(after.blocks[0]).toBe(before.blocks[0]);
  expect(after.blocks[1]).toBe(before.blocks[1]);
});

test("a fence is open until its own kind of fence closes it", () => {
  const last = (text: string) => splitBlocks(text).blocks.at(-1)?.fence;
  const open = (language: string, code: string) => ({ language, code, closed: false });
  expect(last("```js\nlet a")).toEqual(open("js", "let a"));
  expect(last("````md\n```\ninner\n```\n")).toEqual(open("md", "```\ninner\n```\n"));
  expect(last("~~~python title=x\na\n```\n")).toEqual(open("python", "a\n```\n"));
  expect(last("  ```js\n  let a\n b")).toEqual(open("js", "let a\nb"));
  const closed = (code: string) => ({ language: "js", code, closed: true });
  expect(last("```js\nlet a\n```")).toEqual(closed("let a"));
  expect(last("```js\nlet a\n\n\n  ````  \n\n")).toEqual(closed("let a\n\n"));
  expect(last("```js\n```")).toEqual(closed(""));
  expect(last(" ```js\n  a\n ```\n")).toEqual(closed(" a"));
  expect(last("```js\nlet a\n```\nafter")).toBeUndefined();
});

test("an open program that grows is the same block with more in it", () => {
  const lines = [
    "Before.\n\n",
    "````md\n",
    "a\n",
    "```\n",
    "`b`\n",
    "  ~~~~\n",
    "\n\n",
    "c",
    " d\n",
    "````\n",
    "After.",
  ];
  let text = "";
  let split = noBlocks;
  for (const line of lines) {
    text += line;
    split = splitBlocks(text, split);
    expect(split, text).toEqual(splitBlocks(text));
  }
  expect(split.blocks.map(({ fence }) => fence?.code)).toEqual([
    undefined,
    "a\n```\n`b`\n  ~~~~\n\n\nc d",
    undefined,
  ]);
});

test("a display formula is one block whatever its lines look like", () => {
  expect(sources(splitBlocks("before\n\n$$\na\n\n- b\n$$\n\nafter"))).toEqual([
    "before\n\n",
    "$$\na\n\n- b\n$$\n\n",
    "after",
  ]);
});

test("definitions are found wherever they stand", () => {
  expect(definitionsOf(splitBlocks(sample).blocks)).toBe("[ref]: https://example.com");
});

test.each([
  ["so $a^2$ holds", "so $$a^2$$ holds"],
  ["\\(a\\) and \\[b\\]", "$$a$$ and $$\nb\n$$"],
  ["it costs $5 or $10", "it costs $5 or $10"],
  ["$5 each, $10 for both", "$5 each, $10 for both"],
  ["code `$a$` stays", "code `$a$` stays"],
  ["```\n$a$\n```", "```\n$a$\n```"],
  ["$$x$$ stays", "$$x$$ stays"],
  ["an escaped \\$a$ stays", "an escaped \\$a$ stays"],
  ["US$a and $b", "US$a and $b"],
])("%j is read as %j", (written, read) => {
  expect(unifyFormulas(written)).toBe(read);
});

test("a display formula says whether it is closed", () => {
  for (const open of ["$$\nx = 1", "$$\nx = 1\n", "\\[\nx"]) {
    expect(splitBlocks(open).blocks.at(-1)?.openFormula, open).toBe(true);
  }
  for (const closed of ["$$\nx = 1\n$$", "$$x = 1$$", "\\[\nx\n\\]\n", "\\[ x \\]"]) {
    expect(splitBlocks(closed).blocks.at(-1)?.openFormula, closed).toBeUndefined();
  }
});

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
  const open = (text: string) => splitBlocks(text).blocks.at(-1)?.openFence;
  expect(open("```js\nlet a")).toEqual({ language: "js", code: "let a" });
  expect(open("````md\n```\ninner\n```\n")).toEqual({ language: "md", code: "```\ninner\n```\n" });
  expect(open("~~~python title=x\na\n```\n")).toEqual({ language: "python", code: "a\n```\n" });
  expect(open("```js\nlet a\n```")).toBeUndefined();
  expect(open("```js\nlet a\n```\nafter")).toBeUndefined();
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

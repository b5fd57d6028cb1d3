import { expect, test } from "vitest";
import { chunksOf, linesAtOnce, noChunks } from "./code-chunks";

const program = (lines: number) =>
  Array.from({ length: lines }, (_, line) => `${"x".repeat(line % 7)} ${line}`).join("\n");

test("the pieces are the program, cut where lines end", () => {
  const code = `${program(3 * linesAtOnce + 4)}\n\n\n`;
  const { chunks } = chunksOf(code);
  expect(chunks.map(({ text }) => text).join("")).toBe(code);
  expect(chunks.slice(0, -1).every(({ text }) => text.endsWith("\n"))).toBe(true);
  expect(chunks.map(({ lines }) => lines)).toEqual([linesAtOnce, linesAtOnce, linesAtOnce, 6]);
});

test("a program that grows by any steps is cut as the whole is", () => {
  const code = `${program(2 * linesAtOnce + 3)}\n`;
  for (const step of [1, 7, 1_000]) {
    let chunks = noChunks;
    for (let end = step; end < code.length + step; end += step) {
      chunks = chunksOf(code.slice(0, end), chunks);
      expect(chunks).toEqual(chunksOf(code.slice(0, end)));
    }
  }
});

test("what is settled is the same object, and what was replaced is not kept", () => {
  const before = chunksOf(program(2 * linesAtOnce + 3));
  const after = chunksOf(`${before.code} and more`, before);
  expect(after.chunks[0]).toBe(before.chunks[0]);
  expect(after.chunks[1]).toBe(before.chunks[1]);
  expect(chunksOf("other", before)).toEqual(chunksOf("other"));
});

test("a piece is as wide as its longest line, with its tabs", () => {
  expect(chunksOf("a\n\t\tbc\nabcd").chunks[0]?.columns).toBe(10);
});

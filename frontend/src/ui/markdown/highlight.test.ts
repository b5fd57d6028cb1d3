import { expect, test } from "vitest";
import { highlight } from "./highlight";

const text = (lines: Awaited<ReturnType<typeof highlight>>) =>
  lines?.map((line) => line.map(({ content }) => content).join("")).join("\n");

test("a program keeps its text, and a comment its colour over every slice of it", async () => {
  const program = `/*\n${"still said\n".repeat(120)}*/\nconst tide = "high";\n\nlog(tide);`;
  const lines = await highlight(program, "ts");
  expect(text(lines)).toBe(program);
  expect(lines?.[100]?.map(({ color, italic }) => [color, italic])).toEqual([["var(--code-comment)", true]]);
  expect(lines?.[122]?.[0]).toMatchObject({ color: "var(--code-keyword)" });
});

test("neighbours of one colour are one piece", async () => {
  const [line] = (await highlight("a + b", "js")) ?? [];
  expect(line?.length).toBeLessThanOrEqual(1);
});

test("a language that nobody knows has no colours", async () => {
  expect(await highlight("abc", "no such language")).toBeNull();
});

import { expect, test } from "vitest";
import { readFiles } from "./text-files";

const file = (name: string, ...parts: BlobPart[]) => new File(parts, name);

test("what reads as text stands in a fence under its name", async () => {
  const { text, refused } = await readFiles([file("tides.csv", "day,height\n1,4.2\n"), file("naïve", "é")]);
  expect(text).toBe("tides.csv\n```\nday,height\n1,4.2\n```\n\nnaïve\n```\né\n```");
  expect(refused).toEqual([]);
});

test("a fence in the text does not end the fence around it", async () => {
  const { text } = await readFiles([file("note.md", "````\ncode\n````")]);
  expect(text).toBe("note.md\n`````\n````\ncode\n````\n`````");
});

test("what is not text, or longer than any message, is named", async () => {
  const { text, refused } = await readFiles([
    file("photo.jpg", new Uint8Array([0xff, 0xd8, 0xff, 0xe0])),
    file("zeros.txt", "a\0b"),
    file("long.txt", "a".repeat(400_001)),
    file("fine.txt", "fine"),
  ]);
  expect(refused).toEqual(["photo.jpg", "zeros.txt", "long.txt"]);
  expect(text).toContain("fine.txt");
});

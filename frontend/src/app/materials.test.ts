import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { billOfMaterials, directories, licenceTexts, material, strangers } from "../../tools/materials.ts";

const root = join(import.meta.dirname, "../..");
const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
  packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean; integrity?: string }>;
};
/** All that could be in the web app; what is, the build finds out. */
const shipped = Object.entries(lock.packages).filter(
  ([path, { dev, optional, devOptional }]) => path !== "" && !dev && !optional && !devOptional,
);
const all = shipped.map(([path]) => material(join(root, path), lock.packages));

test("no package of the web app has an unknown licence", () => {
  expect(all.length).toBeGreaterThan(100);
  expect(strangers(all)).toEqual([]);
  expect(strangers([{ name: "a", version: "1", licence: "SSPL-1.0", hash: undefined, texts: [] }])).toEqual([
    "a: SSPL-1.0",
  ]);
});

test("each package is locked by its content", () => {
  for (const [path, { integrity }] of shipped) expect(integrity, path).toMatch(/^sha512-/);
});

test("modules lead to their packages, one inside another too", () => {
  expect([
    ...directories([
      "/app/src/main.tsx",
      "/app/node_modules/react/index.js",
      "/app/node_modules/@lingui/core/dist/index.mjs?v=1",
      "/app/node_modules/a/node_modules/b/lib/c.js",
      "\0/app/node_modules/react/cjs/react.js?commonjs-exports",
      "\0vite/preload-helper.js",
    ]),
  ]).toEqual([
    "/app/node_modules/react",
    "/app/node_modules/@lingui/core",
    "/app/node_modules/a/node_modules/b",
  ]);
});

test("the bill names each package once, with its hash, and is the same each time", () => {
  const bill = billOfMaterials(all, "0.1.0");
  const inter = bill.components.find(({ name }) => name === "@fontsource-variable/inter");

  expect(inter?.purl).toBe(`pkg:npm/%40fontsource-variable/inter@${inter?.version}`);
  expect(inter?.licenses).toEqual([{ license: { id: "OFL-1.1" } }]);
  expect(inter?.hashes?.[0]?.content).toMatch(/^[0-9a-f]{128}$/);
  expect(bill.components.find(({ name }) => name === "dompurify")?.licenses).toEqual([
    { expression: "(MPL-2.0 OR Apache-2.0)" },
  ]);
  expect(JSON.stringify(billOfMaterials(all, "0.1.0"))).toBe(JSON.stringify(bill));
});

test("the words of the licences are kept, with whose they are", () => {
  const texts = licenceTexts(all);

  expect(texts).toContain("Copyright (c) Meta Platforms");
  expect(texts).toContain("SIL OPEN FONT LICENSE");
});

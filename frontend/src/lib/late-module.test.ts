import { expect, test } from "vitest";
import { lateModule } from "./late-module";

const address = "http://127.0.0.1/assets/part-1a2b.js";
const lost = () => new TypeError(`Failed to fetch dynamically imported module: ${address}`);

function line(failures: number) {
  const waits: number[] = [];
  const asked: string[] = [];
  let left = failures;
  const arrive = (from: string) => {
    asked.push(from);
    left -= 1;
    return left >= 0 ? Promise.reject(lost()) : Promise.resolve("the module");
  };
  const load = lateModule(() => arrive("itself"), {
    wait: async (attempt) => void waits.push(attempt),
    importFrom: arrive,
  });
  return { load, waits, asked };
}

test("what comes at once is loaded once", async () => {
  const { load, asked, waits } = line(0);
  expect(await Promise.all([load(), load()])).toEqual(["the module", "the module"]);
  expect(asked).toEqual(["itself"]);
  expect(waits).toEqual([]);
});

test("when it is here, React has it at once", async () => {
  const load = lateModule(async () => "the module");
  await load();
  expect(load()).toMatchObject({ status: "fulfilled", value: "the module" });
});

test("a lost line delays it, however long", async () => {
  const { load, waits, asked } = line(5);
  expect(await load()).toBe("the module");
  expect(waits).toEqual([1, 2, 3]);
  expect(asked).toEqual(["itself", "itself", `${address}?again=1`, "itself", `${address}?again=2`, "itself"]);
});

test("a browser that remembers the failure is given another address", async () => {
  const load = lateModule(() => Promise.reject(lost()), {
    wait: async () => {},
    importFrom: async (url) => url,
  });
  expect(await load()).toBe(`${address}?again=1`);
});

test("a module that came and is broken is an error", async () => {
  const broken = new TypeError("undefined is not a function");
  await expect(lateModule(() => Promise.reject(broken))()).rejects.toBe(broken);
});

import { expect, test } from "vitest";
import { Revalidation } from "./revalidation";

test("an answer is known by its address, until another takes its place", () => {
  const read = new Revalidation();
  const [first, second] = [{ n: 1 }, { n: 2 }];
  read.keep("/chats", 'W/"1"', first);
  expect(read.find("/chats")).toEqual({ tag: 'W/"1"', data: first });
  expect(read.find("/models")).toBeUndefined();
  read.keep("/chats", 'W/"2"', second);
  expect(read.find("/chats")?.data).toBe(second);
});

test("an answer without a name, or that is nothing, is not known", () => {
  const read = new Revalidation();
  read.keep("/chats", 'W/"1"', {});
  read.keep("/chats", null, {});
  read.keep("/nothing", 'W/"1"', null);
  expect(read.find("/chats")).toBeUndefined();
  expect(read.find("/nothing")).toBeUndefined();
});

test("the addresses of long ago are forgotten", () => {
  const read = new Revalidation();
  const data = {};
  for (let page = 0; page <= 500; page++) read.keep(`/chats?page=${page}`, 'W/"1"', data);
  expect(read.find("/chats?page=0")).toBeUndefined();
  expect(read.find("/chats?page=500")?.data).toBe(data);
});

import { expect, test } from "vitest";
import { Revalidation } from "./revalidation";

const short = 20;

test("an answer is known by its address, until another takes its place", () => {
  const read = new Revalidation();
  const [first, second] = [{ n: 1 }, { n: 2 }];
  read.keep("/chats", 'W/"1"', first, short);
  expect(read.find("/chats")).toEqual({ tag: 'W/"1"', data: first });
  expect(read.find("/models")).toBeUndefined();
  read.keep("/chats", 'W/"2"', second, short);
  expect(read.find("/chats")?.data).toBe(second);
});

test("an answer without a name, or that is nothing, is not known", () => {
  const read = new Revalidation();
  read.keep("/chats", 'W/"1"', {}, short);
  read.keep("/chats", null, {}, short);
  read.keep("/nothing", 'W/"1"', null, short);
  expect(read.find("/chats")).toBeUndefined();
  expect(read.find("/nothing")).toBeUndefined();
});

test("the addresses of long ago are forgotten, and those that are read again are not", () => {
  const read = new Revalidation();
  const data = {};
  for (let page = 0; page <= 200; page++) {
    read.keep(`/chats?page=${page}`, 'W/"1"', data, short);
    read.find("/chats?page=0");
  }
  expect(read.find("/chats?page=0")?.data).toBe(data);
  expect(read.find("/chats?page=1")).toBeUndefined();
  expect(read.find("/chats?page=200")?.data).toBe(data);
});

test("of long answers fewer are held, and of the longest none", () => {
  const read = new Revalidation();
  for (let page = 0; page < 5; page++) read.keep(`/messages?page=${page}`, 'W/"1"', {}, 90_000);
  expect(read.find("/messages?page=0")).toBeUndefined();
  expect(read.find("/messages?page=1")).toBeDefined();
  read.keep("/messages?page=1", 'W/"2"', {}, 2_000_000);
  expect(read.find("/messages?page=1")).toBeUndefined();
  read.keep("/messages?page=5", 'W/"1"', {}, 90_000);
  expect(read.find("/messages?page=2")).toBeDefined();
});

test("whoever leaves leaves nothing", () => {
  const read = new Revalidation();
  read.keep("/chats", 'W/"1"', {}, short);
  read.clear();
  expect(read.find("/chats")).toBeUndefined();
});

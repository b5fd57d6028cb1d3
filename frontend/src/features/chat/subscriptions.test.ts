import { expect, test } from "vitest";
import type { ClientFrame } from "@/api/live-frames";
import { Subscriptions } from "./subscriptions";

function connected() {
  const sent: string[] = [];
  const ended: string[] = [];
  const say = (frame: ClientFrame) =>
    sent.push(
      Object.values(frame)
        .filter((value) => value !== undefined)
        .join(" "),
    );
  const subscriptions = new Subscriptions((chatId) => ended.push(chatId));
  const connect = () => {
    sent.length = 0;
    subscriptions.connected(say);
  };
  connect();
  return { subscriptions, sent, ended, connect };
}

test("the chat on the screen is heard of, and no longer when another takes its place", () => {
  const { subscriptions, sent, ended } = connected();
  subscriptions.watch("one");
  subscriptions.watch("two");
  subscriptions.watch(null);
  expect(sent).toEqual(["subscribe one", "unsubscribe one", "subscribe two", "unsubscribe two"]);
  expect(ended).toEqual(["one", "two"]);
});

test("an answer that is read there goes on when its chat leaves the screen", () => {
  const { subscriptions, sent } = connected();
  subscriptions.watch("one");
  subscriptions.follow("one", () => ({ message_id: "m", after: undefined }), true);
  subscriptions.watch("two");
  subscriptions.unfollow("one");
  expect(sent).toEqual(["subscribe one", "subscribe two", "unsubscribe one"]);
});

test("an answer of which nothing is heard is named", () => {
  const { subscriptions, sent } = connected();
  subscriptions.watch("one");
  subscriptions.follow("one", () => ({ message_id: "m", after: undefined }), false);
  subscriptions.follow("two", () => ({ message_id: "n", after: undefined }), false);
  expect(sent).toEqual(["subscribe one", "subscribe one m", "subscribe two n"]);
});

test("what this tab asked for itself does not come twice", () => {
  const { subscriptions, sent } = connected();
  subscriptions.watch("one");
  subscriptions.mute("one");
  subscriptions.mute("one");
  subscriptions.unmute("one");
  expect(sent).toEqual(["subscribe one", "unsubscribe one"]);
  subscriptions.unmute("one");
  expect(sent.at(-1)).toBe("subscribe one");
});

test("a new connection begins after what was seen", () => {
  const { subscriptions, sent, ended, connect } = connected();
  let after = 3;
  subscriptions.watch("one");
  subscriptions.follow("one", () => ({ message_id: "m", after }), true);
  subscriptions.lost();
  expect(ended).toEqual(["one"]);
  after = 8;
  connect();
  expect(sent).toEqual(["subscribe one m 8"]);
});

test("what is wanted before there is a connection is asked for when there is one", () => {
  const { subscriptions, sent, connect } = connected();
  subscriptions.lost();
  subscriptions.watch("one");
  connect();
  expect(sent).toEqual(["subscribe one"]);
});

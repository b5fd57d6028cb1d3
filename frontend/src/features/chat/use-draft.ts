import { useEffect, useRef, useState } from "react";
import { browserStorage } from "@/lib/browser-storage";
import { currentUserId, userKey } from "@/lib/session";
import { Drafts } from "./drafts";

const restMillis = 200;

/// Absent for somebody who is just signing out, or what is erased would be written again.
function drafts(): Drafts | null {
  const userId = currentUserId();
  return userId === null ? null : new Drafts(browserStorage, userKey(userId, "draft"));
}

export const forgetDraft = (chatId: string | undefined) => drafts()?.write(chatId, "");

/// The draft that was left in this chat when its box appeared.
export function useLeftDraft(chatId: string | undefined) {
  return useState(() => drafts()?.read(chatId) ?? "");
}

/// Saved shortly after each change, and at once when the page may go away.
export function useSavedDraft(chatId: string | undefined, text: string) {
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
    const timer = setTimeout(() => drafts()?.write(chatId, text), restMillis);
    return () => clearTimeout(timer);
  }, [chatId, text]);
  useEffect(() => {
    const save = () => drafts()?.write(chatId, latest.current);
    addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", save);
    return () => {
      removeEventListener("pagehide", save);
      document.removeEventListener("visibilitychange", save);
      save();
    };
  }, [chatId]);
}

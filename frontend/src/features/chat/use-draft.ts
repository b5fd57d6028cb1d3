import { useEffect, useRef, useState } from "react";
import { browserStorage } from "@/lib/browser-storage";
import { currentUserId, userKey } from "@/lib/session";
import { BoxDraft, Drafts } from "./drafts";

const restMillis = 200;

/// Absent for somebody who is just signing out, or what is erased would be written again.
export function drafts(): Drafts | null {
  const userId = currentUserId();
  return userId === null ? null : new Drafts(browserStorage, userKey(userId, "draft"));
}

/// The next new chat's box begins with it, below what was left there.
export function draftForNewChat(text: string) {
  const kept = drafts();
  const left = kept?.read(undefined) ?? "";
  kept?.write(undefined, left === "" ? text : `${left}\n\n${text}`);
}

/// Of a message box that is just appearing.
export const useBoxDraft = (chatId: string | undefined) => useState(() => new BoxDraft(drafts, chatId))[0];

/// Saved shortly after each change, and at once when the page may go away.
export function useSavedDraft(draft: BoxDraft, chatId: string | undefined, text: string) {
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
    draft.moveTo(chatId, text);
    const timer = setTimeout(() => draft.save(text), restMillis);
    return () => clearTimeout(timer);
  }, [draft, chatId, text]);
  useEffect(() => {
    const save = () => draft.save(latest.current);
    addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", save);
    return () => {
      removeEventListener("pagehide", save);
      document.removeEventListener("visibilitychange", save);
      save();
    };
  }, [draft]);
}

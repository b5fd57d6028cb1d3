import { useEffect, useEffectEvent } from "react";
import { type Keys, matches } from "@/lib/keys";
import { useAuth } from "@/lib/session";
import { showOverlay } from "./overlays";
import { toggleSidebar } from "./sidebar-shown";
import { useNewChat } from "./use-new-chat";

/// None is a character by itself: those belong to whoever types, or dictates.
export const shortcuts = {
  palette: { mod: true, key: "k" },
  newChat: { mod: true, shift: true, key: "o" },
  sidebar: { mod: true, key: "b" },
  help: { mod: true, key: "/" },
} as const satisfies Record<string, Keys>;

/// Listens for the shortcuts that work on every page of somebody who is signed in.
/// @param prepare makes the palette ready: what is typed right after its keys belongs into its field
export function useShortcuts(prepare: () => void) {
  const newChat = useNewChat();
  const { status } = useAuth();
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    // A session that ended asks for the password first.
    if (event.defaultPrevented || event.isComposing || status !== "signed-in") return;
    if (event.key === "Control" || event.key === "Meta") prepare();
    const run = (keys: Keys, action: () => void) => {
      if (!matches(event, keys)) return;
      event.preventDefault();
      action();
    };
    run(shortcuts.palette, () => showOverlay("palette"));
    run(shortcuts.newChat, newChat);
    run(shortcuts.sidebar, toggleSidebar);
    run(shortcuts.help, () => showOverlay("shortcuts"));
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}

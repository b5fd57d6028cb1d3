import { lazy, Suspense } from "react";
import { useParams } from "react-router";
import { lateModule } from "@/lib/late-module";
import { closeOverlay, useOverlays } from "./overlays";
import { useShortcuts } from "./shortcuts";

const loadPalette = lateModule(() => import("./palette/command-palette"));
const CommandPalette = lazy(async () => ({ default: (await loadPalette()).CommandPalette }));
const preparePalette = () => void loadPalette();
const loadHelp = lateModule(() => import("./palette/shortcut-help"));
const ShortcutHelp = lazy(async () => ({ default: (await loadHelp()).ShortcutHelp }));
const loadRename = lateModule(() => import("./palette/rename-chat"));
const RenameChat = lazy(async () => ({ default: (await loadRename()).RenameChat }));
const loadChatSettings = lateModule(() => import("@/features/chat/chat-settings"));
const ChatSettings = lazy(async () => ({ default: (await loadChatSettings()).ChatSettings }));

/// What may lie over any page. Each comes when it is first called.
export function OverlayLayer() {
  useShortcuts(preparePalette);
  const shown = useOverlays((state) => state.shown);
  const { chatId } = useParams();
  return (
    <Suspense>
      {shown === "palette" && <CommandPalette />}
      {shown === "rename" && <RenameChat />}
      {shown === "chat-settings" && <ChatSettings chatId={chatId} onClose={closeOverlay} />}
      {shown === "shortcuts" && <ShortcutHelp />}
    </Suspense>
  );
}

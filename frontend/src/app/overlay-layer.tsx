import { lazy, Suspense } from "react";
import { lateModule } from "@/lib/late-module";
import { useOverlays } from "./overlays";
import { useShortcuts } from "./shortcuts";

const loadPalette = lateModule(() => import("./palette/command-palette"));
const CommandPalette = lazy(async () => ({ default: (await loadPalette()).CommandPalette }));
const preparePalette = () => void loadPalette();
const loadHelp = lateModule(() => import("./palette/shortcut-help"));
const ShortcutHelp = lazy(async () => ({ default: (await loadHelp()).ShortcutHelp }));
const loadRename = lateModule(() => import("./palette/rename-chat"));
const RenameChat = lazy(async () => ({ default: (await loadRename()).RenameChat }));

/// The command palette and the list of shortcuts, which come when they are first called.
export function OverlayLayer() {
  useShortcuts(preparePalette);
  const shown = useOverlays((state) => state.shown);
  return (
    <Suspense>
      {shown === "palette" && <CommandPalette />}
      {shown === "rename" && <RenameChat />}
      {shown === "shortcuts" && <ShortcutHelp />}
    </Suspense>
  );
}

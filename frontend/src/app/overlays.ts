import { create } from "zustand";

/// What may be called to lie over any page.
type Overlay = "palette" | "shortcuts" | "rename" | "chat-settings";

export const useOverlays = create<{ shown: Overlay | null }>(() => ({ shown: null }));

export const showOverlay = (shown: Overlay) => useOverlays.setState({ shown });

export const closeOverlay = () => useOverlays.setState({ shown: null });

import { useCallback } from "react";
import { useNavigate } from "react-router";
import { startFresh } from "@/features/chat/conversation";
import { changeOpening } from "@/features/chat/opening";

export const focusMessageBox = () =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>("textarea[name=message]")?.focus());

/// Begins a new chat from any page, with the cursor where its question goes.
export function useNewChat(): (kind?: { temporary?: boolean }) => void {
  const navigate = useNavigate();
  return useCallback(
    (kind) => {
      startFresh();
      if (kind?.temporary === true) changeOpening({ is_temporary: true });
      void Promise.resolve(navigate("/chat")).then(focusMessageBox);
    },
    [navigate],
  );
}

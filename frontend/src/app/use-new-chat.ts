import { useCallback } from "react";
import { useNavigate } from "react-router";
import { startFresh } from "@/features/chat/conversation";

export const focusMessageBox = () =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>("textarea[name=message]")?.focus());

/// Begins a new chat from any page, with the cursor where its question goes.
export function useNewChat(): () => void {
  const navigate = useNavigate();
  return useCallback(() => {
    startFresh();
    void Promise.resolve(navigate("/chat")).then(focusMessageBox);
  }, [navigate]);
}

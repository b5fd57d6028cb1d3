import { type ReactNode, useEffect } from "react";
import { loadSession } from "@/lib/session";

/// Finds out who is here.
export function AuthProvider({ children }: { children: ReactNode }) {
  useEffect(() => {
    void loadSession();
  }, []);
  return children;
}

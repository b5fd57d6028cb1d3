import { type ReactNode, useEffect } from "react";
import { SignInAgain } from "@/features/auth/sign-in-again";
import { loadSession, useAuth } from "@/lib/session";

/// Finds out who is here, and asks again when a session ends under somebody's hands.
export function AuthProvider({ children }: { children: ReactNode }) {
  const { status, user } = useAuth();
  useEffect(() => {
    void loadSession();
  }, []);
  return (
    <>
      {children}
      {status === "expired" && <SignInAgain user={user} />}
    </>
  );
}

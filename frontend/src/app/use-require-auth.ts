import { useLocation } from "react-router";
import { useAuth } from "@/lib/session";

/// Who is signed in, or where to sign in and come back from.
export function useRequireAuth() {
  const session = useAuth();
  const { pathname, search, hash } = useLocation();
  const signInPath = `/login?next=${encodeURIComponent(pathname + search + hash)}`;
  return { ...session, signInPath };
}

import { lazy, Suspense, useEffect } from "react";
import { Outlet, ScrollRestoration, useLocation } from "react-router";
import { useAuth } from "@/lib/session";
import { Toasts } from "@/ui/toast";
import { TooltipProvider } from "@/ui/tooltip";

const SignInAgain = lazy(async () => ({
  default: (await import("@/features/auth/sign-in-again")).SignInAgain,
}));

/// What every page stands in, and what may lie over each: a session that ended asks to sign in again.
export function ClientLayoutProvider() {
  const { pathname } = useLocation();
  const { status, user } = useAuth();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that sets no title of its own gets the name.
  useEffect(() => {
    document.title = "Parley";
  }, [pathname]);
  return (
    <TooltipProvider>
      <Outlet />
      {status === "expired" && (
        <Suspense>
          <SignInAgain user={user} />
        </Suspense>
      )}
      <Toasts />
      <ScrollRestoration />
    </TooltipProvider>
  );
}

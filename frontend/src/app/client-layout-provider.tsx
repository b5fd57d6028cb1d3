import { lazy, Suspense } from "react";
import { Outlet, ScrollRestoration } from "react-router";
import { lateModule } from "@/lib/late-module";
import { useAuth } from "@/lib/session";
import { Toasts } from "@/ui/toast";
import { TooltipProvider } from "@/ui/tooltip";
import { OfflineNotice } from "./offline-notice";

const loadSignInAgain = lateModule(() => import("@/features/auth/sign-in-again"));
const SignInAgain = lazy(async () => ({ default: (await loadSignInAgain()).SignInAgain }));

/// What every page stands in, and what may lie over each: a session that ended asks to sign in again.
export function ClientLayoutProvider() {
  const { status, user } = useAuth();
  return (
    <TooltipProvider>
      <Outlet />
      {status === "expired" && (
        <Suspense>
          <SignInAgain user={user} />
        </Suspense>
      )}
      <OfflineNotice />
      <Toasts />
      <ScrollRestoration />
    </TooltipProvider>
  );
}

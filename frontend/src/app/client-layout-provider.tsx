import { useEffect } from "react";
import { Outlet, ScrollRestoration, useLocation } from "react-router";
import { Toasts } from "@/ui/toast";
import { TooltipProvider } from "@/ui/tooltip";

/// What every page stands in.
export function ClientLayoutProvider() {
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that sets no title of its own gets the name.
  useEffect(() => {
    document.title = "Parley";
  }, [pathname]);
  return (
    <TooltipProvider>
      <Outlet />
      <Toasts />
      <ScrollRestoration />
    </TooltipProvider>
  );
}

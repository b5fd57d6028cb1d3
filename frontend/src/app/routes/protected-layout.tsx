import { useEffect } from "react";
import { Navigate, Outlet } from "react-router";
import { lateModule } from "@/lib/late-module";
import { OverlayLayer } from "../overlay-layer";
import { Unreachable } from "../unreachable";
import { useRequireAuth } from "../use-require-auth";

const loadLiveSync = lateModule(() => import("@/features/chat/live-sync"));
const loadSender = lateModule(() => import("@/features/chat/unsent-sender"));

/// Pages for somebody who is signed in. A session that ends meanwhile leaves the page as it is.
export function ProtectedLayout() {
  const { status, user, error, signInPath } = useRequireAuth();
  useSync(user?.id);
  if (status === "signed-out") return <Navigate to={signInPath} replace />;
  if (status !== "unknown") {
    return (
      <>
        <Outlet />
        <OverlayLayer />
      </>
    );
  }
  if (error === null) return <div aria-busy="true" className="h-dvh" />;
  return <Unreachable error={error} />;
}

/// One live connection, and somebody who sends what waits, for as long as somebody is here.
function useSync(userId: string | undefined) {
  useEffect(() => {
    if (userId === undefined) return;
    const abort = new AbortController();
    void loadLiveSync().then(({ keepInSync }) => keepInSync(abort.signal));
    void loadSender().then(({ keepSending }) => keepSending(abort.signal));
    return () => abort.abort();
  }, [userId]);
}

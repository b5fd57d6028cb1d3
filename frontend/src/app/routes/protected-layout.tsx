import { Trans, useLingui } from "@lingui/react/macro";
import { Navigate, Outlet } from "react-router";
import { loadSession } from "@/lib/session";
import { Button } from "@/ui/button";
import { MessagePage } from "../message-page";
import { useRequireAuth } from "../use-require-auth";

/// Pages for somebody who is signed in. A session that ends meanwhile leaves the page as it is.
export function ProtectedLayout() {
  const { t } = useLingui();
  const { status, error, signInPath } = useRequireAuth();
  if (status === "signed-out") return <Navigate to={signInPath} replace />;
  if (status !== "unknown") return <Outlet />;
  if (error === null) return <div aria-busy="true" className="h-dvh" />;
  return (
    <MessagePage
      title={t`The server could not be reached`}
      action={
        <Button look="primary" onClick={() => void loadSession()}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      <p>{error.message}</p>
    </MessagePage>
  );
}

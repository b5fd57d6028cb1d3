import { Trans, useLingui } from "@lingui/react/macro";
import { useRouteError } from "react-router";
import { ApiError } from "@/api/api-error";
import { Button } from "@/ui/button";
import { MessagePage } from "./message-page";

/// A page whose code failed or did not arrive. What was typed is kept by then.
export function ErrorPage() {
  const { t } = useLingui();
  const error = useRouteError();
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <MessagePage
      title={t`This page could not be shown`}
      action={
        <Button look="primary" onClick={() => location.reload()}>
          <Trans>Load again</Trans>
        </Button>
      }
    >
      <p>
        {error instanceof ApiError ? (
          error.message
        ) : (
          <Trans>Something in the page failed. What you typed is kept.</Trans>
        )}
      </p>
      {requestId !== null && (
        <p className="mt-2 font-mono text-small">
          <Trans>Request {requestId}</Trans>
        </p>
      )}
    </MessagePage>
  );
}

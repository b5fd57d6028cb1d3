import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { backoff } from "@/lib/backoff";
import { loadSession } from "@/lib/session";
import { useOnline } from "@/lib/use-online";
import { Button } from "@/ui/button";
import { MessagePage } from "./message-page";

/// The page is here and the server is not. It goes on by itself once the server answers.
export function Unreachable({ error }: { error: Error }) {
  const { t } = useLingui();
  const online = useOnline();
  const attempts = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each failure is another error, and the next attempt's reason.
  useEffect(() => {
    const given = new AbortController();
    attempts.current += 1;
    void backoff(attempts.current, given.signal).then(() => {
      if (!given.signal.aborted) void loadSession();
    });
    return () => given.abort();
  }, [error]);
  return (
    <MessagePage
      title={online ? t`The server could not be reached` : t`You are offline`}
      action={
        <Button look="primary" onClick={() => void loadSession()}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      <p>
        {online ? (
          error.message
        ) : (
          <Trans>
            Your chats are on the server. They come back with the network, as does what you typed.
          </Trans>
        )}
      </p>
    </MessagePage>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import { buttonClass } from "@/ui/button";
import { MessagePage } from "./message-page";

export function NotFoundPage() {
  const { t } = useLingui();
  return (
    <MessagePage
      title={t`There is no page here`}
      action={
        <Link to="/chat" className={buttonClass("primary")}>
          <Trans>Go to your chats</Trans>
        </Link>
      }
    >
      <p>
        <Trans>The address may be mistyped, or what it named is gone.</Trans>
      </p>
    </MessagePage>
  );
}

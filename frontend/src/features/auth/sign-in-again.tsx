import { Trans, useLingui } from "@lingui/react/macro";
import { useLocation } from "react-router";
import type { User } from "@/api/types";
import { signOut } from "@/lib/session";
import { useSaving } from "@/lib/use-saving";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { SignInForm } from "./sign-in-form";

/// The session ended under somebody's hands. The page behind keeps what was typed.
export function SignInAgain({ user }: { user: User }) {
  const { t } = useLingui();
  const { busy, error, run } = useSaving(signOut);
  const { pathname, search } = useLocation();
  return (
    <Dialog open title={t`Your session has ended`} description={t`Sign in to go on. What you typed is kept.`}>
      <SignInForm email={user.email} next={pathname + search} />
      <p className="mt-4 text-base text-quiet">
        <button
          type="button"
          disabled={busy}
          onClick={() => void run()}
          className="rounded-control underline underline-offset-2 hover:text-text"
        >
          <Trans>Use another account</Trans>
        </button>{" "}
        <Trans>This erases here what {user.email} typed and did not send.</Trans>
      </p>
      {error !== null && <Notice className="mt-4">{error.message}</Notice>}
    </Dialog>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import type { User } from "@/api/types";
import { signOut } from "@/lib/session";
import { Dialog } from "@/ui/dialog";
import { SignInForm } from "./sign-in-form";

/// The session ended under somebody's hands. The page behind keeps what was typed.
export function SignInAgain({ user }: { user: User }) {
  const { t } = useLingui();
  return (
    <Dialog open title={t`Your session has ended`} description={t`Sign in to go on. What you typed is kept.`}>
      <SignInForm email={user.email} />
      <p className="mt-4 text-base text-quiet">
        <button
          type="button"
          onClick={() => void signOut()}
          className="rounded-control underline underline-offset-2 hover:text-text"
        >
          <Trans>Use another account</Trans>
        </button>
      </p>
    </Dialog>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { entranceQuery } from "@/lib/entrance";
import { Mark } from "@/ui/mark";

interface AuthFrameProps {
  page: "login" | "register" | "forgotten" | "reset" | "callback";
  next: string | null;
  children: ReactNode;
}

export function AuthFrame({ page, next, children }: AuthFrameProps) {
  const { t } = useLingui();
  const titles = {
    login: t`Sign in`,
    register: t`Create your account`,
    forgotten: t`Forgot your password?`,
    reset: t`Choose a new password`,
    callback: t`Sign in`,
  };
  return (
    <main className="grid min-h-dvh content-start justify-items-center px-5 pt-[14dvh] pb-10">
      <div className="w-full max-w-sm">
        <Link to="/" className="inline-flex items-center gap-2 rounded-control font-semibold">
          <Mark /> Parley
        </Link>
        <h1 className="mt-8 mb-6 text-title font-semibold">{titles[page]}</h1>
        {children}
        <div className="mt-6 grid gap-2 text-base text-quiet">
          {page === "login" && <WaysOn next={next} />}
          {page === "register" && (
            <p>
              <Trans>
                Have an account?{" "}
                <Link to={`/login${query(next)}`} className={linkClass}>
                  Sign in
                </Link>
              </Trans>
            </p>
          )}
          {(page === "forgotten" || page === "reset" || page === "callback") && (
            <p>
              <Link to="/login" className={linkClass}>
                <Trans>Back to sign-in</Trans>
              </Link>
            </p>
          )}
        </div>
      </div>
    </main>
  );
}

/// For who cannot sign in: only what this instance offers.
function WaysOn({ next }: { next: string | null }) {
  const { data: entrance } = useQuery(entranceQuery);
  return (
    <>
      {entrance?.registration !== false && (
        <p>
          <Trans>
            No account yet?{" "}
            <Link to={`/register${query(next)}`} className={linkClass}>
              Create one
            </Link>
          </Trans>
        </p>
      )}
      {entrance?.password_reset === true && (
        <p>
          <Link to="/forgot-password" className={linkClass}>
            <Trans>Forgot your password?</Trans>
          </Link>
        </p>
      )}
    </>
  );
}

const linkClass = "text-accent underline underline-offset-2";

const query = (next: string | null) => (next === null ? "" : `?next=${encodeURIComponent(next)}`);

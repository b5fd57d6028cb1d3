import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { Mark } from "@/ui/mark";

interface AuthFrameProps {
  page: "login" | "register";
  next: string | null;
  children: ReactNode;
}

export function AuthFrame({ page, next, children }: AuthFrameProps) {
  const query = next === null ? "" : `?next=${encodeURIComponent(next)}`;
  return (
    <main className="grid min-h-dvh content-start justify-items-center px-5 pt-[14dvh] pb-10">
      <div className="w-full max-w-sm">
        <Link to="/" className="inline-flex items-center gap-2 rounded-control font-semibold">
          <Mark /> Parley
        </Link>
        <h1 className="mt-8 mb-6 text-title font-semibold">
          {page === "login" ? <Trans>Sign in</Trans> : <Trans>Create your account</Trans>}
        </h1>
        {children}
        <p className="mt-6 text-base text-quiet">
          {page === "login" ? (
            <Trans>
              No account yet?{" "}
              <Link to={`/register${query}`} className="text-accent underline underline-offset-2">
                Create one
              </Link>
            </Trans>
          ) : (
            <Trans>
              Have an account?{" "}
              <Link to={`/login${query}`} className="text-accent underline underline-offset-2">
                Sign in
              </Link>
            </Trans>
          )}
        </p>
      </div>
    </main>
  );
}

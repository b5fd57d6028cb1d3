import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { buttonClass } from "@/ui/button";
import { Mark } from "@/ui/mark";

/// One sentence, two ways on, and the product at work.
export function Landing({ exchange }: { exchange: ReactNode }) {
  const { t } = useLingui();
  return (
    <main className="mx-auto grid w-full max-w-6xl grid-cols-[minmax(0,1fr)] gap-x-16 px-5 lg:h-dvh lg:min-h-120 lg:grid-cols-[minmax(0,25rem)_minmax(0,1fr)] lg:grid-rows-[auto_minmax(0,1fr)]">
      <header className="flex h-18 items-center justify-between lg:col-span-2">
        <span className="flex items-center gap-2 font-semibold">
          <Mark /> Parley
        </span>
        <Link to="/login" className={buttonClass("quiet")}>
          <Trans>Sign in</Trans>
        </Link>
      </header>
      <div className="py-8 lg:pt-24">
        <h1 className="text-display font-semibold tracking-tight text-balance">
          <Trans>Talk with language models on your own server.</Trans>
        </h1>
        <p className="mt-4 max-w-96 text-body text-quiet">
          <Trans>
            Parley keeps your conversations in your own database, works with the models you choose, and loses
            no answer when the line drops.
          </Trans>
        </p>
        <p className="mt-7 flex flex-wrap gap-3">
          <Link to="/register" className={buttonClass("primary", "min-h-11 px-5")}>
            <Trans>Create account</Trans>
          </Link>
        </p>
      </div>
      <section
        aria-label={t`Example`}
        className="-mx-4 flex h-168 min-h-0 flex-col pb-6 lg:my-8 lg:h-auto lg:py-0 lg:pt-6"
      >
        {exchange}
      </section>
    </main>
  );
}

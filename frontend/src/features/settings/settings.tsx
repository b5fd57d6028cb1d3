import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { Link } from "react-router";
import type { ThemeChoice } from "@/api/types";
import { signOut } from "@/lib/session";
import { type ContrastChoice, useTheme } from "@/lib/theme";
import { Button } from "@/ui/button";
import { iconButtonClass } from "@/ui/icon-button";
import { Notice } from "@/ui/notice";
import { Segmented } from "@/ui/segmented";
import { Skeleton } from "@/ui/skeleton";
import { toast } from "@/ui/toast";
import { InstructionsForm } from "./instructions-form";
import { ModelSetting } from "./model-setting";
import { NameForm } from "./name-form";
import { profileQuery, saveQuietly } from "./profile-query";

export function Settings() {
  const { t } = useLingui();
  const { data: profile, error, refetch } = useQuery(profileQuery);
  useEffect(() => {
    document.title = `${t`Settings`} · Parley`;
  }, [t]);
  const leave = () =>
    void signOut().catch((failure: unknown) =>
      toast(failure instanceof Error ? failure.message : t`You could not be signed out.`),
    );

  return (
    <main className="mx-auto w-full max-w-2xl px-5 pt-[calc(env(safe-area-inset-top)+1rem)] pb-20">
      <header className="flex h-12 items-center gap-2">
        <Link to="/chat" aria-label={t`Back to the chats`} className={`${iconButtonClass} -ms-2`}>
          <ArrowLeft />
        </Link>
        <h1 className="text-title font-semibold">
          <Trans>Settings</Trans>
        </h1>
      </header>
      <Appearance />
      {error !== null && profile === undefined ? (
        <Notice
          className="mt-8"
          action={
            <Button onClick={() => void refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        >
          <Trans>Your profile could not be loaded.</Trans> {error.message}
        </Notice>
      ) : profile === undefined ? (
        <div className="mt-10 grid gap-5">
          <Skeleton className="h-6 w-32" />
          <Skeleton className="h-11" />
          <Skeleton className="h-32" />
        </div>
      ) : (
        <>
          <Part title={t`Answers`}>
            <ModelSetting profile={profile} />
            <InstructionsForm profile={profile} />
          </Part>
          <Part title={t`Profile`}>
            <NameForm profile={profile} />
          </Part>
        </>
      )}
      <Part title={t`Session`}>
        <div>
          <Button onClick={leave}>
            <Trans>Sign out</Trans>
          </Button>
        </div>
      </Part>
    </main>
  );
}

function Appearance() {
  const { t } = useLingui();
  const { theme, contrast, setTheme, setContrast } = useTheme();
  const themes: { value: ThemeChoice; label: string }[] = [
    { value: "system", label: t`System` },
    { value: "light", label: t`Light` },
    { value: "dark", label: t`Dark` },
  ];
  const contrasts: { value: ContrastChoice; label: string }[] = [
    { value: "system", label: t`System` },
    { value: "normal", label: t`Normal` },
    { value: "high", label: t`High` },
  ];
  return (
    <Part title={t`Appearance`}>
      <Line name={t`Theme`}>
        <Segmented
          label={t`Theme`}
          value={theme}
          options={themes}
          onChange={(choice) => {
            setTheme(choice);
            saveQuietly({ preferences: { theme: choice } });
          }}
        />
      </Line>
      <Line name={t`Contrast`}>
        <Segmented
          label={t`Contrast`}
          value={contrast}
          options={contrasts}
          onChange={(choice) => {
            setContrast(choice);
            saveQuietly({ preferences: { contrast: choice } });
          }}
        />
      </Line>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-10">
      <h2 className="font-semibold">{title}</h2>
      <div className="mt-4 grid gap-5">{children}</div>
    </section>
  );
}

export function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <span>{name}</span>
      {children}
    </div>
  );
}

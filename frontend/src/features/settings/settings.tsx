import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useEffect } from "react";
import { Link, useParams } from "react-router";
import type { Profile } from "@/api/types";
import { entranceQuery } from "@/lib/entrance";
import { profileQuery } from "@/lib/profile";
import { signOut } from "@/lib/session";
import { useDocumentTitle } from "@/lib/use-document-title";
import { Button } from "@/ui/button";
import { iconButtonClass } from "@/ui/icon-button";
import { NotLoaded } from "@/ui/not-loaded";
import { Skeleton } from "@/ui/skeleton";
import { toast } from "@/ui/toast";
import { Account } from "./account";
import { ApiKeys } from "./api-keys";
import { Appearance } from "./appearance";
import { Devices, sessionsQuery } from "./devices";
import { Identities } from "./identities";
import { ImportChats } from "./import-chats";
import { importsQuery } from "./import-queries";
import { InstructionsForm } from "./instructions-form";
import { keysQuery } from "./key-queries";
import { MemorySetting } from "./memory-setting";
import { ModelSetting, modelsQuery } from "./model-setting";
import { NameForm } from "./name-form";
import { Part } from "./part";
import { useSettingsParts } from "./parts";
import { Passkeys } from "./passkeys";
import { PasswordForm } from "./password-form";
import { SecondFactor } from "./second-factor";
import { secondFactorQuery } from "./second-factor-query";
import { Usage, usageQuery } from "./usage";
import { waysInQuery } from "./ways-in-query";

export function Settings() {
  const { t } = useLingui();
  const { data: profile, error, refetch } = useQuery(profileQuery);
  const waiting = [
    useQuery(modelsQuery),
    useQuery(sessionsQuery),
    useQuery(secondFactorQuery),
    useQuery(waysInQuery),
    useQuery(keysQuery),
    useQuery(usageQuery),
    useQuery(importsQuery),
    useQuery(entranceQuery),
  ].some(({ isPending }) => isPending);
  // What comes one after the other would push down what stands below it.
  const complete = (profile !== undefined || error !== null) && !waiting;
  useDocumentTitle(`${t`Settings`} · Parley`);
  useNamedPart(complete);
  return (
    <div className="mx-auto flex max-w-2xl justify-center gap-10 px-5 pt-[calc(env(safe-area-inset-top)+1rem)] pb-20 lg:max-w-5xl">
      <PartsNav />
      <main className="w-full max-w-2xl min-w-0">
        <header className="flex h-12 items-center gap-2">
          <Link to="/chat" aria-label={t`Back to the chats`} className={`${iconButtonClass} -ms-2`}>
            <ArrowLeft />
          </Link>
          <h1 className="text-title font-semibold">
            <Trans>Settings</Trans>
          </h1>
        </header>
        <Appearance />
        {complete ? (
          <Parts profile={profile} failure={error} retry={() => void refetch()} />
        ) : (
          <div className="mt-10 grid gap-5">
            <Skeleton className="h-6 w-32" />
            <Skeleton className="h-11" />
            <Skeleton className="h-32" />
          </div>
        )}
      </main>
    </div>
  );
}

interface PartsProps {
  profile: Profile | undefined;
  failure: Error | null;
  retry: () => void;
}

function Parts({ profile, failure, retry }: PartsProps) {
  const { t } = useLingui();
  const leave = () =>
    void signOut().catch((failure: unknown) =>
      toast(failure instanceof Error ? failure.message : t`You could not be signed out.`),
    );
  return (
    <>
      {profile === undefined ? (
        <NotLoaded className="mt-8" error={failure} onRetry={retry}>
          <Trans>Your profile could not be loaded.</Trans>
        </NotLoaded>
      ) : (
        <>
          <Part part="answers">
            <ModelSetting profile={profile} />
            <InstructionsForm profile={profile} />
          </Part>
          <Part part="memory">
            <MemorySetting profile={profile} />
          </Part>
          <Part part="profile">
            <NameForm profile={profile} />
          </Part>
        </>
      )}
      <Part part="devices">
        <Devices>
          <Button onClick={leave}>
            <Trans>Sign out</Trans>
          </Button>
        </Devices>
      </Part>
      <Part part="password">
        <PasswordForm />
        <Identities />
      </Part>
      <Part part="second-factor">
        <SecondFactor />
      </Part>
      <Part part="passkeys">
        <Passkeys />
      </Part>
      <Part part="keys">
        <ApiKeys />
      </Part>
      <Part part="usage">
        <Usage />
      </Part>
      <Part part="import">
        <ImportChats />
      </Part>
      <Part part="data">
        <Account />
      </Part>
    </>
  );
}

/// The parts at a glance, where there is room beside them.
function PartsNav() {
  const { t } = useLingui();
  const { part } = useParams();
  return (
    <nav
      aria-label={t`Parts of the settings`}
      className="sticky top-0 hidden w-52 shrink-0 self-start pt-22 lg:block"
    >
      <ul className="grid gap-0.5">
        {useSettingsParts().map((one) => (
          <li key={one.part}>
            <Link
              to={`/settings/${one.part}`}
              replace
              aria-current={one.part === part ? "page" : undefined}
              className="flex min-h-9 items-center rounded-control px-2.5 text-quiet transition-colors hover:bg-hover hover:text-text aria-[current]:bg-hover aria-[current]:text-text"
            >
              {one.title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/// The address may name a part: it is gone to once everything above it has its height.
function useNamedPart(complete: boolean) {
  const { part } = useParams();
  useEffect(() => {
    if (!complete || part === undefined) return;
    const heading = document.getElementById(part);
    heading?.scrollIntoView();
    heading?.focus({ preventScroll: true });
  }, [complete, part]);
}

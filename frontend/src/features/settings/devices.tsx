import { Trans, useLingui } from "@lingui/react/macro";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { endOtherSessions, endSession, fetchSessions } from "@/api/auth";
import type { DeviceSession } from "@/api/types";
import { queryClient } from "@/lib/query-client";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { NotLoaded } from "@/ui/not-loaded";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";
import { deviceName } from "./device-name";

export const sessionsQuery = queryOptions({ queryKey: ["sessions"], queryFn: fetchSessions });

/// @param children what else can be done, beside signing out all others
export function Devices({ children }: { children: ReactNode }) {
  const { data: sessions, error, refetch } = useQuery(sessionsQuery);
  if (sessions !== undefined) {
    return (
      <>
        <ul className="grid gap-4">
          {sessions.map((session) => (
            <Device key={session.id} session={session} />
          ))}
        </ul>
        <div className="flex flex-wrap gap-3">
          {children}
          {sessions.length > 1 && <EndOthers />}
        </div>
      </>
    );
  }
  return (
    <>
      {error === null ? (
        <Skeleton className="h-11" />
      ) : (
        <NotLoaded error={error} onRetry={() => void refetch()}>
          <Trans>Your devices could not be loaded.</Trans>
        </NotLoaded>
      )}
      <div>{children}</div>
    </>
  );
}

function EndOthers() {
  const { busy, error, run } = useSaving(async () => {
    await endOtherSessions();
    await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  });
  return (
    <>
      <Button busy={busy} onClick={() => void run()}>
        <Trans>Sign out all other devices</Trans>
      </Button>
      {error !== null && <Notice className="basis-full">{error.message}</Notice>}
    </>
  );
}

function Device({ session }: { session: DeviceSession }) {
  const { t, i18n } = useLingui();
  const { busy, error, run } = useSaving(async () => {
    await endSession(session.id);
    await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  });
  const used = i18n.date(session.last_used_at, { dateStyle: "medium", timeStyle: "short" });
  const name = deviceName(session.user_agent) ?? t`Unknown device`;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="me-auto min-w-0">
        {name}
        <span className="block text-small text-quiet tabular-nums">
          {session.current ? <Trans>This device</Trans> : <Trans>Last used {used}</Trans>}
          {session.ip !== null && ` · ${session.ip}`}
        </span>
      </p>
      {!session.current && (
        <Button busy={busy} onClick={() => void run()} aria-label={t`Sign out ${name}, last used ${used}`}>
          <Trans>Sign out</Trans>
        </Button>
      )}
      {error !== null && <Notice className="basis-full">{error.message}</Notice>}
    </li>
  );
}

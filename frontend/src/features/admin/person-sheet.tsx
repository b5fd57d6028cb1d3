import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import type { Account } from "@/api/types";
import { entranceQuery } from "@/lib/entrance";
import { useAuth } from "@/lib/session";
import { Button } from "@/ui/button";
import { NotLoaded } from "@/ui/not-loaded";
import { Skeleton } from "@/ui/skeleton";
import { accountQuery } from "./admin-queries";
import { DetailsSheet, Fact, Facts } from "./details-sheet";
import { nameOf } from "./people";
import { PersonDecisions } from "./person-decisions";
import { PersonQuota } from "./person-quota";

const PersonChats = lazy(async () => ({ default: (await import("./person-chats")).PersonChats }));

interface PersonSheetProps {
  /// Null while nobody is looked at.
  id: string | null;
  onClose: () => void;
}

export function PersonSheet({ id, onClose }: PersonSheetProps) {
  const { t } = useLingui();
  return (
    <DetailsSheet open={id !== null} title={t`A person's account`} onClose={onClose}>
      {id !== null && <Person key={id} id={id} />}
    </DetailsSheet>
  );
}

function Person({ id }: { id: string }) {
  const { data: account, error, refetch } = useQuery(accountQuery(id));
  const [reads, setReads] = useState(false);
  if (account !== undefined && reads) {
    return (
      <Suspense fallback={<Skeleton className="h-32" />}>
        <PersonChats account={account} onBack={() => setReads(false)} />
      </Suspense>
    );
  }
  if (account !== undefined) return <Details account={account} onRead={() => setReads(true)} />;
  if (error === null) return <Skeleton className="h-32" />;
  return <NotLoaded error={error} onRetry={() => void refetch()} />;
}

interface DetailsProps {
  account: Account;
  /// The chats are to be read.
  onRead: () => void;
}

function Details({ account, onRead }: DetailsProps) {
  const { t, i18n } = useLingui();
  const { user } = useAuth();
  const time = (at: string) => i18n.date(at, { dateStyle: "medium", timeStyle: "short" });
  return (
    <>
      <h2 className="text-title font-semibold break-all">{account.email}</h2>
      <p className="text-quiet">
        <bdi>{nameOf(account)}</bdi> · @{account.username}
      </p>
      <Facts>
        <Fact name={t`Joined`}>{time(account.date_joined)}</Fact>
        <Fact name={t`Last signed in`}>
          {account.last_login === null ? t`never` : time(account.last_login)}
        </Fact>
        <Fact name={t`Chats`}>{i18n.number(account.chat_count)}</Fact>
        <Fact name={t`Messages`}>{i18n.number(account.message_count)}</Fact>
      </Facts>
      <p className="mt-5 flex flex-wrap gap-x-5 gap-y-2">
        <Link to={`/admin/audit?about=${account.id}`} className="text-accent hover:underline">
          <Trans>What was done to this account</Trans>
        </Link>
        <Link to={`/admin/audit?actor=${account.id}`} className="text-accent hover:underline">
          <Trans>What this person did</Trans>
        </Link>
      </p>
      <Chats onRead={onRead} />
      <PersonQuota id={account.id} />
      <div className="mt-6 border-t border-line pt-6">
        {account.id === user?.id ? (
          <p className="text-quiet">
            <Trans>This is your own account. Another operator can change it.</Trans>
          </p>
        ) : (
          <PersonDecisions account={account} />
        )}
      </div>
    </>
  );
}

/// Only where who runs the server lets operators read. Nothing is read before it is asked for.
function Chats({ onRead }: { onRead: () => void }) {
  const { data: entrance } = useQuery(entranceQuery);
  if (entrance?.operators_read_chats !== true) return null;
  return (
    <section className="mt-6 border-t border-line pt-6">
      <h3 className="font-semibold">
        <Trans>Chats</Trans>
      </h3>
      <p className="mt-3 text-small text-quiet">
        <Trans>
          This server lets operators read chats. Each reading is recorded in the audit log, with your account,
          and the person can learn of it.
        </Trans>
      </p>
      <Button className="mt-3" onClick={onRead}>
        <Trans>Read the chats</Trans>
      </Button>
    </section>
  );
}

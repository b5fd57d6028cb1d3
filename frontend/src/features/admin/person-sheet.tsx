import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { changeAccount, signOutEverywhere } from "@/api/admin";
import type { Account } from "@/api/types";
import { entranceQuery } from "@/lib/entrance";
import { useAuth } from "@/lib/session";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { NotLoaded } from "@/ui/not-loaded";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";
import { toast } from "@/ui/toast";
import { accountQuery, refetchAdmin } from "./admin-queries";
import { DetailsSheet, Fact, Facts } from "./details-sheet";
import { nameOf } from "./people";
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
          <Decisions account={account} />
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

function Decisions({ account }: { account: Account }) {
  const { t } = useLingui();
  const active = useDecision(() => changeAccount(account.id, { is_active: !account.is_active }));
  const staff = useDecision(() => changeAccount(account.id, { is_staff: !account.is_staff }));
  const signOut = useDecision(async () => {
    await signOutEverywhere(account.id);
    toast(t`They are signed out everywhere.`);
  });
  const error = active.error ?? staff.error ?? signOut.error;
  return (
    <div className="grid justify-items-start gap-3">
      <Button busy={staff.busy} onClick={() => void staff.run()}>
        {account.is_staff ? <Trans>Take the operator's role away</Trans> : <Trans>Make an operator</Trans>}
      </Button>
      <Button busy={signOut.busy} onClick={() => void signOut.run()}>
        <Trans>Sign out on all devices</Trans>
      </Button>
      <Button
        look={account.is_active ? "danger" : "plain"}
        busy={active.busy}
        onClick={() => void active.run()}
      >
        {account.is_active ? <Trans>Disable the account</Trans> : <Trans>Enable the account</Trans>}
      </Button>
      {error !== null && <Notice>{error.message}</Notice>}
    </div>
  );
}

/// Everything that shows accounts follows.
const useDecision = (decide: () => Promise<unknown>) =>
  useSaving(async () => {
    await decide();
    await refetchAdmin();
  });

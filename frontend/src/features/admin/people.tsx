import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import type { Account } from "@/api/types";
import { useDebounce } from "@/lib/use-debounce";
import { Segmented } from "@/ui/segmented";
import { inputClass } from "@/ui/text-field";
import { accountsQuery } from "./admin-queries";
import { PersonSheet } from "./person-sheet";
import { Table } from "./table";
import { useAddressFilter } from "./use-address-filter";

const settleMillis = 250;

/// All accounts, and in a sheet what can be done about one.
export function People() {
  const { t, i18n } = useLingui();
  const { search, change } = useAddressFilter();
  const typed = search.get("q") ?? "";
  const which = whichOf(search.get("which"));
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    accountsQuery({
      q: useDebounce(typed.trim(), settleMillis),
      active: which === "disabled" ? false : undefined,
      staff: which === "staff" ? true : undefined,
    }),
  );
  const day = (time: string) => i18n.date(time, { dateStyle: "medium" });
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <div className="relative min-w-56 flex-1">
          <Search
            className="pointer-events-none absolute start-3 top-1/2 size-4.5 -translate-y-1/2 text-quiet"
            aria-hidden="true"
          />
          <input
            type="search"
            aria-label={t`Search by email or name`}
            placeholder={t`Search by email or name`}
            dir={typed === "" ? undefined : "auto"}
            maxLength={200}
            value={typed}
            onChange={({ target }) => change({ q: target.value })}
            className={`${inputClass} h-11 ps-10`}
          />
        </div>
        <Segmented
          label={t`Which people`}
          value={which}
          options={[
            { value: "all", label: t`All` },
            { value: "staff", label: t`Operators` },
            { value: "disabled", label: t`Disabled` },
          ]}
          onChange={(value) => change({ which: value === "all" ? null : value })}
        />
      </div>
      <Table<Account>
        label={t`People`}
        rows={data?.pages.flatMap(({ items }) => items)}
        keyOf={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        empty={<Trans>Nobody was found.</Trans>}
        onMore={hasNextPage ? () => void fetchNextPage() : undefined}
        busy={isFetchingNextPage}
        columns={[
          {
            title: <Trans>Email</Trans>,
            cell: (account) => (
              <button
                type="button"
                className="min-w-52 text-start wrap-anywhere text-accent hover:underline"
                onClick={() => change({ user: account.id })}
              >
                {account.email}
              </button>
            ),
          },
          {
            title: <Trans>Name</Trans>,
            cell: (account) => <bdi className="block min-w-28 wrap-anywhere">{nameOf(account)}</bdi>,
          },
          { title: <Trans>Role</Trans>, cell: (account) => <Standing account={account} /> },
          { title: <Trans>Chats</Trans>, number: true, cell: ({ chat_count }) => i18n.number(chat_count) },
          {
            title: <Trans>Messages</Trans>,
            number: true,
            cell: ({ message_count }) => i18n.number(message_count),
          },
          { title: <Trans>Joined</Trans>, number: true, cell: ({ date_joined }) => day(date_joined) },
          {
            title: <Trans>Last signed in</Trans>,
            number: true,
            cell: ({ last_login }) => (last_login === null ? <Trans>never</Trans> : day(last_login)),
          },
        ]}
      />
      <PersonSheet id={search.get("user")} onClose={() => change({ user: null })} />
    </>
  );
}

const whichOf = (value: string | null) => (value === "staff" || value === "disabled" ? value : "all");

export const nameOf = ({ first_name, last_name, username }: Account) =>
  [first_name, last_name].filter(Boolean).join(" ") || username;

function Standing({ account: { is_active, is_staff } }: { account: Account }) {
  if (!is_active) {
    return (
      <span className="text-danger">
        <Trans>disabled</Trans>
      </span>
    );
  }
  return is_staff ? <Trans>operator</Trans> : <Trans>user</Trans>;
}

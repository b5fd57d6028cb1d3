import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { dismissJob, retryJob } from "@/api/admin";
import type { FailedJob, JobKind } from "@/api/types";
import { Button } from "@/ui/button";
import { useAttempt } from "@/ui/use-attempt";
import { failedJobsQuery, jobKindsQuery, refetchAdmin } from "./admin-queries";
import { Table } from "./table";

/// What is done in the background, and what could not be.
export function JobList() {
  const { t, i18n } = useLingui();
  const kinds = useQuery(jobKindsQuery);
  const count = (number: number) =>
    number === 0 ? <span className="text-quiet">0</span> : i18n.number(number);
  return (
    <>
      <Table<JobKind>
        label={t`Kinds of background work`}
        rows={kinds.data}
        keyOf={({ name }) => name}
        error={kinds.error}
        onRetry={() => void kinds.refetch()}
        empty={<Trans>There is no background work.</Trans>}
        columns={[
          { title: <Trans>Work</Trans>, cell: ({ name }) => <code className="text-small">{name}</code> },
          { title: <Trans>Queued</Trans>, number: true, cell: ({ queued }) => count(queued) },
          { title: <Trans>Running</Trans>, number: true, cell: ({ running }) => count(running) },
          { title: <Trans>Tried again</Trans>, number: true, cell: ({ retrying }) => count(retrying) },
          {
            title: <Trans>Given up</Trans>,
            number: true,
            cell: ({ failed }) =>
              failed === 0 ? (
                count(0)
              ) : (
                <a href="#given-up" className="text-danger hover:underline">
                  {i18n.number(failed)}
                </a>
              ),
          },
          {
            title: <Trans>Next at</Trans>,
            number: true,
            cell: ({ next }) => (next === null ? "–" : i18n.date(next, { timeStyle: "medium" })),
          },
        ]}
      />
      <h2 id="given-up" className="mt-4 font-semibold">
        <Trans>Given up</Trans>
      </h2>
      <GivenUp />
    </>
  );
}

function GivenUp() {
  const { t, i18n } = useLingui();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(failedJobsQuery);
  return (
    <Table<FailedJob>
      label={t`Work that was given up`}
      rows={data?.pages.flatMap(({ items }) => items)}
      keyOf={({ id }) => id}
      error={error}
      onRetry={() => void refetch()}
      empty={<Trans>Nothing was given up.</Trans>}
      onMore={hasNextPage ? () => void fetchNextPage() : undefined}
      busy={isFetchingNextPage}
      columns={[
        {
          title: <Trans>At</Trans>,
          cell: ({ failed_at }) => (
            <span className="whitespace-nowrap tabular-nums">
              {i18n.date(failed_at, { dateStyle: "medium", timeStyle: "short" })}
            </span>
          ),
        },
        { title: <Trans>Work</Trans>, cell: ({ name }) => <code className="text-small">{name}</code> },
        {
          title: <Trans>Reason</Trans>,
          cell: ({ reason, subject, attempts }) => (
            <>
              <p className="min-w-64 break-words">{reason}</p>
              <p className="text-small break-all text-quiet">
                <Trans>
                  {attempts} times, about {subject}
                </Trans>
              </p>
            </>
          ),
        },
        {
          title: <span className="sr-only">{t`What can be done`}</span>,
          cell: (job) => <Remedies job={job} />,
        },
      ]}
    />
  );
}

function Remedies({ job }: { job: FailedJob }) {
  const attempt = useAttempt();
  const decide = (work: Promise<unknown>) => void attempt(work).finally(() => void refetchAdmin());
  return (
    <div className="flex gap-2">
      <Button onClick={() => decide(retryJob(job.id))}>
        <Trans>Try again</Trans>
      </Button>
      <Button look="quiet" onClick={() => decide(dismissJob(job.id))}>
        <Trans>Leave it</Trans>
      </Button>
    </div>
  );
}

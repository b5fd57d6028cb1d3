import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowLeft } from "lucide-react";
import { lazy, Suspense } from "react";
import { Link, useParams } from "react-router";
import { useDocumentTitle } from "@/lib/use-document-title";
import { iconButtonClass } from "@/ui/icon-button";
import { Skeleton } from "@/ui/skeleton";
import { Audit } from "./audit";
import { HealthParts } from "./health-parts";
import { JobList } from "./job-list";
import { Overview } from "./overview";
import { People } from "./people";

const ModelsPart = lazy(async () => ({ default: (await import("./models")).Models }));
const SettingsPart = lazy(async () => ({ default: (await import("./instance-settings")).InstanceSettings }));

const parts = {
  overview: Overview,
  users: People,
  models: ModelsPart,
  settings: SettingsPart,
  jobs: JobList,
  audit: Audit,
  health: HealthParts,
} as const;

type Part = keyof typeof parts;

const isPart = (name: string): name is Part => Object.hasOwn(parts, name);

/// What those see who look after the instance.
export function Admin() {
  const { t } = useLingui();
  const titles: Record<Part, string> = {
    overview: t`Overview`,
    users: t`People`,
    models: t`Models`,
    settings: t`Settings`,
    jobs: t`Background work`,
    audit: t`Audit log`,
    health: t`Health`,
  };
  const { part: named = "overview" } = useParams();
  const part = isPart(named) ? named : "overview";
  const title = titles[part];
  useDocumentTitle(`${title} · ${t`Administration`} · Parley`);
  const Shown = parts[part];
  return (
    <div className="mx-auto w-full max-w-5xl px-5 pt-[calc(env(safe-area-inset-top)+1rem)] pb-20">
      <header className="flex min-h-12 flex-wrap items-center gap-x-2">
        <Link to="/chat" aria-label={t`Back to the chats`} className={`${iconButtonClass} -ms-2`}>
          <ArrowLeft />
        </Link>
        <p className="me-6 text-title font-semibold">
          <Trans>Administration</Trans>
        </p>
        <nav aria-label={t`Parts of the administration`} className="-mx-2.5 overflow-x-auto">
          <ul className="flex">
            {Object.keys(parts)
              .filter(isPart)
              .map((name) => (
                <li key={name}>
                  <Link
                    to={`/admin/${name}`}
                    aria-current={name === part ? "page" : undefined}
                    className="flex min-h-9 touch:min-h-11 items-center rounded-control px-2.5 whitespace-nowrap text-quiet transition-colors hover:bg-hover hover:text-text aria-[current]:text-text aria-[current]:underline aria-[current]:decoration-accent aria-[current]:decoration-2 aria-[current]:underline-offset-8"
                  >
                    {titles[name]}
                  </Link>
                </li>
              ))}
          </ul>
        </nav>
      </header>
      <main className="mt-6 grid gap-5">
        <h1 className="sr-only">{title}</h1>
        <Suspense
          fallback={
            <div aria-busy="true">
              <Skeleton className="h-32" />
            </div>
          }
        >
          <Shown />
        </Suspense>
      </main>
    </div>
  );
}

import { Trans } from "@lingui/react/macro";

export function SkipLink({ to }: { to: string }) {
  return (
    <a
      href={`#${to}`}
      className="sr-only z-50 rounded-control bg-text px-3 py-2 text-page focus:not-sr-only focus:fixed focus:start-3 focus:top-3"
    >
      <Trans>Skip to content</Trans>
    </a>
  );
}

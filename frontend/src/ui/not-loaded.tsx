import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Notice } from "./notice";

interface NotLoadedProps {
  /// What is missing, in a sentence.
  children?: ReactNode;
  /// Why.
  error: Error | null | undefined;
  onRetry: () => void;
  className?: string;
}

/// Stands in the place of what could not be fetched, and fetches it again.
export function NotLoaded({
  children = <Trans>This could not be loaded.</Trans>,
  error,
  onRetry,
  className,
}: NotLoadedProps) {
  return (
    <Notice
      className={className}
      action={
        <Button onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      {children} {error?.message}
    </Notice>
  );
}

import { Trans } from "@lingui/react/macro";
import { useEffect, useState } from "react";

interface TypingIndicatorProps {
  startedAt: number;
  /// The line was lost and is being found again.
  reconnecting?: boolean;
}

const quietMillis = 300;
const patientMillis = 5_000;

/// Nothing for a moment, then a waiting mark, then what is awaited.
export function TypingIndicator({ startedAt, reconnecting = false }: TypingIndicatorProps) {
  const waited = useElapsed(startedAt, [quietMillis, patientMillis]);
  return (
    <div role="status" className="flex h-[1.65rem] items-center gap-3 text-base text-quiet">
      {waited >= quietMillis && (
        <>
          <span aria-hidden="true" className="appear waiting-mark size-2.5 rounded-full bg-accent" />
          <span className={waited >= patientMillis || reconnecting ? "appear" : "sr-only"}>
            {reconnecting ? (
              <Trans>The connection was lost. Reconnecting.</Trans>
            ) : waited >= patientMillis ? (
              <Trans>Waiting for the model to begin.</Trans>
            ) : (
              <Trans>Waiting for the answer</Trans>
            )}
          </span>
        </>
      )}
    </div>
  );
}

/// The greatest of the given durations that has passed, 0 before the first.
function useElapsed(since: number, steps: readonly [number, number]): number {
  const [first, second] = steps;
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const timers = [first, second].map((step) =>
      setTimeout(() => setPassed(step), since + step - Date.now()),
    );
    return () => timers.forEach(clearTimeout);
  }, [since, first, second]);
  return passed;
}

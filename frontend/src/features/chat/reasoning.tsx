import { Trans } from "@lingui/react/macro";
import { ChevronRight } from "lucide-react";
import { useEffect, useState } from "react";
import { useUnfolded } from "@/lib/use-unfolded";

interface ReasoningProps {
  /// Whose thoughts these are.
  message: string;
  text: string;
  /// Since when the model has been thinking; absent once it writes.
  since?: number;
  /// How long it thought, null where nobody knows.
  millis: number | null;
}

/// What a model thought before it wrote, folded, with its time.
export function Reasoning({ message, text, since, millis }: ReasoningProps) {
  const [open, unfold] = useUnfolded(`thoughts of ${message}`);
  return (
    <details
      open={open}
      onToggle={({ currentTarget }) => unfold(currentTarget.open)}
      className="group/reasoning mb-3"
    >
      <summary className="inline-flex min-h-8 touch:min-h-11 list-none items-center gap-1.5 rounded-control pe-2 text-base text-quiet tabular-nums select-none hover:text-text">
        <ChevronRight
          className="size-4 transition-transform group-open/reasoning:rotate-90"
          aria-hidden="true"
        />
        {since !== undefined ? (
          <Thinking since={since} />
        ) : millis === null ? (
          <Trans>Thoughts</Trans>
        ) : (
          <Thought millis={millis} />
        )}
      </summary>
      <p
        dir="auto"
        className="mt-1 border-s-2 border-line ps-4 text-base break-words whitespace-pre-wrap text-quiet"
      >
        {text}
      </p>
    </details>
  );
}

/// The seconds are for the eye alone: read aloud, they would never end.
function Thinking({ since }: { since: number }) {
  const seconds = useSecondsSince(since);
  return (
    <>
      <Trans>Thinking</Trans>
      {seconds > 0 && (
        <span aria-hidden="true">
          <Trans>{seconds} s</Trans>
        </span>
      )}
    </>
  );
}

function Thought({ millis }: { millis: number }) {
  const whole = Math.round(millis / 1_000);
  const minutes = Math.floor(whole / 60);
  const seconds = whole % 60;
  if (whole === 0) return <Trans>Thought for a moment</Trans>;
  if (minutes === 0) return <Trans>Thought for {seconds} s</Trans>;
  return (
    <Trans>
      Thought for {minutes} min {seconds} s
    </Trans>
  );
}

function useSecondsSince(since: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((now - since) / 1_000));
}

import { Plural } from "@lingui/react/macro";
import { Brain } from "lucide-react";
import { Link } from "react-router";

/// What Parley remembered of the person for this answer.
export function MemoriesUsed({ memories }: { memories: readonly string[] }) {
  if (memories.length === 0) return null;
  return (
    <p className="mt-3">
      <Link
        to="/settings/memory"
        className="inline-flex min-h-8 touch:min-h-11 items-center gap-2 rounded-control bg-sunken px-2.5 text-small text-quiet hover:text-text"
      >
        <Brain className="size-4" aria-hidden="true" />
        <Plural value={memories.length} one="# memory used" other="# memories used" />
      </Link>
    </p>
  );
}

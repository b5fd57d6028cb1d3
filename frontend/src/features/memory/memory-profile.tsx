import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { profileQuery } from "./memory-queries";

/// What answers are told of a person whatever they ask about. Where there is nothing, nothing is said of it.
export function MemoryProfile() {
  const { data } = useQuery(profileQuery);
  if (data === undefined || data.content === "") return null;
  return (
    <section aria-labelledby="memory-profile" className="grid gap-1">
      <h2 id="memory-profile" className="font-medium">
        <Trans>In short</Trans>
      </h2>
      <p dir="auto" className="break-words">
        {data.content}
      </p>
      <p className="text-small text-quiet">
        <Trans>Made of your current memories, and told with every question as far as there is room.</Trans>
      </p>
    </section>
  );
}

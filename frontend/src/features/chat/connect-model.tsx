import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { onServer } from "@/api/server-address";
import { modelsQuery } from "./chat-queries";

/// Says that no model is configured, where that is so, and leads to how one is.
export function ConnectModel() {
  const { data: models } = useQuery(modelsQuery);
  const none = models?.every(({ provider }) => provider === "builtin");
  if (!none) return null;
  return (
    <p className="text-center text-small text-quiet">
      <Trans>No model is configured.</Trans>{" "}
      <a
        href={onServer("/docs/models")}
        target="_blank"
        rel="noreferrer"
        className="rounded-control text-accent underline underline-offset-2 touch:inline-block touch:py-3"
      >
        <Trans>How to connect one</Trans>
      </a>
    </p>
  );
}

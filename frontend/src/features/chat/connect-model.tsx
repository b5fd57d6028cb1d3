import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";
import { modelsQuery } from "./chat-queries";

const example =
  "OPENAI_API_KEY=your-key\n# for a provider other than OpenAI:\n# OPENAI_BASE_URL=https://provider.example/v1\n# OPENAI_MODEL=its-model";

/// Says that no model is configured, where that is so.
export function ConnectModel() {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const { data: models } = useQuery(modelsQuery);
  const none = models?.every(({ provider }) => provider === "builtin");
  if (!none) return null;
  return (
    <>
      <p className="text-center text-small text-quiet">
        <Trans>No model is configured.</Trans>{" "}
        <button
          type="button"
          onClick={() => setOpen(true)}
          className="rounded-control text-accent underline underline-offset-2 touch:py-2.5"
        >
          <Trans>How to connect one</Trans>
        </button>
      </p>
      <Dialog open={open} onClose={() => setOpen(false)} title={t`Connect a model`}>
        <div className="grid gap-3 text-base">
          <p>
            <Trans>
              Until a model is connected, the built-in helper answers questions about Parley. To connect one,
              put these lines into a file named <code className="font-mono">.env</code> beside the program and
              start it again.
            </Trans>
          </p>
          <div className="relative">
            <pre
              tabIndex={0}
              className="overflow-x-auto rounded-control bg-sunken p-3 pe-12 font-mono text-small"
            >
              {example}
            </pre>
            <div className="absolute end-1 top-1">
              <CopyButton text={example} label={t`Copy settings`} />
            </div>
          </div>
          <p className="text-quiet">
            <Trans>An Ollama on this machine at its usual port is found without any setting.</Trans>
          </p>
        </div>
      </Dialog>
    </>
  );
}

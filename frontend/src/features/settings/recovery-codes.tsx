import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";

export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useLingui();
  return (
    <div className="grid gap-5">
      <div className="relative rounded-control bg-sunken p-3 pe-14">
        <ul
          aria-label={t`Recovery codes`}
          className="grid gap-x-6 gap-y-1 font-mono text-small tabular-nums sm:grid-cols-2"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="absolute end-1.5 top-1.5">
          <CopyButton text={codes.join("\n")} label={t`Copy the codes`} />
        </div>
      </div>
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          <Trans>I have kept them</Trans>
        </Button>
      </div>
    </div>
  );
}

import { Trans } from "@lingui/react/macro";
import { Button } from "./button";
import { CopyButton } from "./copy-button";
import { TextField } from "./text-field";

interface ShownOnceProps {
  label: string;
  value: string;
  copyLabel: string;
  onKept: () => void;
}

/// What nobody can be shown again: a dialog around it has no other way out.
export function ShownOnce({ label, value, copyLabel, onKept }: ShownOnceProps) {
  return (
    <div className="grid gap-5">
      <TextField
        label={label}
        value={value}
        readOnly
        dir="ltr"
        className="[&_input]:font-mono [&_input]:text-small"
        onFocus={({ target }) => target.select()}
        end={<CopyButton text={value} label={copyLabel} />}
      />
      <div className="flex justify-end">
        <Button look="primary" onClick={onKept}>
          <Trans>I have kept it</Trans>
        </Button>
      </div>
    </div>
  );
}

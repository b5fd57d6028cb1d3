import { Trans, useLingui } from "@lingui/react/macro";
import { Suspense, useState } from "react";
import { confirmSecondFactor, prepareSecondFactor } from "@/api/second-factor";
import type { SecondFactorPreparation } from "@/api/types";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { TextField } from "@/ui/text-field";
import { OwnPasswordForm } from "./own-password-form";
import { QrCode } from "./qr-code";
import { RecoveryCodes } from "./recovery-codes";
import { refreshSecondFactor } from "./second-factor-query";

type Step =
  | { name: "password" }
  | { name: "code"; preparation: SecondFactorPreparation }
  | { name: "recovery"; codes: string[] };

/// Password, then the secret and a first code, then the recovery codes.
export function Enrolment({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const [step, setStep] = useState<Step>({ name: "password" });
  const close = () => {
    onClose();
    setStep({ name: "password" });
  };
  const titles = {
    password: t`Turn on the second factor`,
    code: t`Add Parley to your authenticator app`,
    recovery: t`Keep these recovery codes`,
  };
  const descriptions = {
    password: t`You need an authenticator app on your phone.`,
    code: t`Scan the picture with the app, or type the key into it. Then enter the code that it shows.`,
    recovery: t`Each lets you in once when your phone is lost. They are shown this once.`,
  };
  return (
    <Dialog
      open={open}
      onClose={step.name === "recovery" ? undefined : close}
      title={titles[step.name]}
      description={descriptions[step.name]}
    >
      {step.name === "password" && (
        <PasswordStep onCancel={close} onDone={(preparation) => setStep({ name: "code", preparation })} />
      )}
      {step.name === "code" && (
        <CodeStep
          preparation={step.preparation}
          onCancel={close}
          onDone={(codes) => setStep({ name: "recovery", codes })}
        />
      )}
      {step.name === "recovery" && (
        <RecoveryCodes
          codes={step.codes}
          onDone={() => {
            close();
            void refreshSecondFactor();
          }}
        />
      )}
    </Dialog>
  );
}

interface PasswordStepProps {
  onCancel: () => void;
  onDone: (preparation: SecondFactorPreparation) => void;
}

function PasswordStep({ onCancel, onDone }: PasswordStepProps) {
  const { t } = useLingui();
  return (
    <OwnPasswordForm
      action={t`Go on`}
      send={async (password) => onDone(await prepareSecondFactor(password))}
      onCancel={onCancel}
    />
  );
}

interface CodeStepProps {
  preparation: SecondFactorPreparation;
  onCancel: () => void;
  onDone: (codes: string[]) => void;
}

function CodeStep({ preparation, onCancel, onDone }: CodeStepProps) {
  const { t } = useLingui();
  const { busy, error, run } = useSaving(async (code: string) => onDone(await confirmSecondFactor(code)));
  const wrong =
    error?.code === "INVALID_CREDENTIALS" ? t`This is not the code that the app should show now.` : null;
  const codeError = error?.field("code") ?? wrong;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run(String(new FormData(event.currentTarget).get("code")));
      }}
      className="grid gap-4"
    >
      <div className="mx-auto size-44">
        <Suspense fallback={null}>
          <QrCode text={preparation.uri} label={t`The key as a picture`} />
        </Suspense>
      </div>
      <TextField
        label={t`The key`}
        value={preparation.secret.replace(/.{4}(?=.)/g, "$& ")}
        readOnly
        className="[&_input]:font-mono [&_input]:text-small"
        onFocus={({ target }) => target.select()}
        end={<CopyButton text={preparation.secret} label={t`Copy the key`} />}
      />
      <TextField
        label={t`Code`}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        autoFocus
        error={codeError}
      />
      {error !== null && codeError === null && <Notice>{error.message}</Notice>}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" look="primary" busy={busy}>
          <Trans>Turn on</Trans>
        </Button>
      </div>
    </form>
  );
}

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { disableSecondFactor, renewRecoveryCodes } from "@/api/second-factor";
import type { SecondFactor as Status } from "@/api/types";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { NotLoaded } from "@/ui/not-loaded";
import { Enrolment } from "./enrolment";
import { PasswordAndCodeForm } from "./password-and-code-form";
import { RecoveryCodes } from "./recovery-codes";
import { refreshSecondFactor, secondFactorQuery } from "./second-factor-query";

/// A code of a device, asked after the password.
export function SecondFactor() {
  const { data: status, error, refetch } = useQuery(secondFactorQuery);
  const [enrolling, setEnrolling] = useState(false);
  if (status !== undefined) {
    return (
      <>
        {status.enabled ? <On status={status} /> : <Off onTurnOn={() => setEnrolling(true)} />}
        {/* Stays when the status is asked for again while it shows the recovery codes. */}
        <Enrolment open={enrolling} onClose={() => setEnrolling(false)} />
      </>
    );
  }
  if (error === null) return null;
  return (
    <NotLoaded error={error} onRetry={() => void refetch()}>
      <Trans>Whether there is a second factor could not be found out.</Trans>
    </NotLoaded>
  );
}

function Off({ onTurnOn }: { onTurnOn: () => void }) {
  return (
    <>
      <p className="text-quiet">
        <Trans>
          With a second factor your password alone opens nothing: signing in also takes a code of an
          authenticator app on your phone.
        </Trans>
      </p>
      <div>
        <Button onClick={onTurnOn}>
          <Trans>Turn on</Trans>
        </Button>
      </div>
    </>
  );
}

function On({ status }: { status: Status }) {
  const { t, i18n } = useLingui();
  const [asking, setAsking] = useState<"codes" | "off" | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const since = i18n.date(status.enabled_at ?? "", { dateStyle: "medium" });
  const left = status.recovery_codes_left;
  const close = () => {
    setAsking(null);
    setCodes(null);
    void refreshSecondFactor();
  };
  return (
    <>
      <p>
        <Trans>On since {since}: signing in takes a code of your authenticator app.</Trans>
        <span className="block text-small text-quiet">
          <Plural value={left} one="# recovery code is left." other="# recovery codes are left." />
        </span>
      </p>
      <div className="flex flex-wrap gap-3">
        <Button onClick={() => setAsking("codes")}>
          <Trans>New recovery codes</Trans>
        </Button>
        <Button look="danger" onClick={() => setAsking("off")}>
          <Trans>Turn off</Trans>
        </Button>
      </div>
      <Dialog
        open={asking === "codes" && codes === null}
        onClose={() => setAsking(null)}
        title={t`New recovery codes`}
        description={t`Those you have will not work any more.`}
      >
        <PasswordAndCodeForm
          action={t`Make new codes`}
          onCancel={() => setAsking(null)}
          send={async (password, code) => setCodes(await renewRecoveryCodes(password, code))}
        />
      </Dialog>
      <Dialog
        open={codes !== null}
        title={t`Keep these recovery codes`}
        description={t`Each lets you in once when your phone is lost. They are shown this once.`}
      >
        {codes !== null && <RecoveryCodes codes={codes} onDone={close} />}
      </Dialog>
      <Dialog
        open={asking === "off"}
        onClose={() => setAsking(null)}
        title={t`Turn the second factor off`}
        description={t`Your password alone will open your account again.`}
      >
        <PasswordAndCodeForm
          action={t`Turn off`}
          danger
          onCancel={() => setAsking(null)}
          send={async (password, code) => {
            await disableSecondFactor(password, code);
            await refreshSecondFactor();
          }}
        />
      </Dialog>
    </>
  );
}

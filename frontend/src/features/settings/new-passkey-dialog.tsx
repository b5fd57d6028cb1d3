import { Trans, useLingui } from "@lingui/react/macro";
import { addPasskey, askForPasskey } from "@/api/ways-in";
import { makePasskey } from "@/lib/passkeys";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { TextField } from "@/ui/text-field";
import { deviceName } from "./device-name";
import { OwnPassword } from "./own-password";
import { refreshWaysIn } from "./ways-in-query";

interface NewPasskeyDialogProps {
  open: boolean;
  onClose: () => void;
}

export function NewPasskeyDialog({ open, onClose }: NewPasskeyDialogProps) {
  const { t } = useLingui();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t`New passkey`}
      description={t`Your browser will ask where it is to be kept, and that it is you.`}
    >
      <Wish onDone={onClose} />
    </Dialog>
  );
}

function Wish({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const { busy, error, run } = useSaving(async (fields: FormData) => {
    const asked = await askForPasskey(String(fields.get("password") ?? ""));
    await addPasskey(String(fields.get("name")), await makePasskey(asked));
    await refreshWaysIn();
    onDone();
  });
  const wrong = error?.code === "INVALID_CREDENTIALS" ? t`This is not your password.` : null;
  const passwordError = error?.field("password") ?? wrong;
  const nameError = error?.field("name") ?? null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run(new FormData(event.currentTarget));
      }}
      className="grid gap-4"
    >
      <OwnPassword error={passwordError} />
      <TextField
        label={t`Name`}
        name="name"
        required
        maxLength={100}
        autoComplete="off"
        defaultValue={deviceName(navigator.userAgent) ?? ""}
        hint={t`By which you will know it in the list.`}
        error={nameError}
      />
      {error !== null && passwordError === null && nameError === null && <Notice>{error.message}</Notice>}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" look="primary" busy={busy}>
          <Trans>Add passkey</Trans>
        </Button>
      </div>
    </form>
  );
}

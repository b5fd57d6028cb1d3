import { useLingui } from "@lingui/react/macro";
import { addPasskey, askForPasskey } from "@/api/ways-in";
import { makePasskey } from "@/lib/passkeys";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/text-field";
import { deviceName } from "./device-name";
import { OwnPasswordForm } from "./own-password-form";
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
      <OwnPasswordForm
        action={t`Add passkey`}
        send={async (password, fields) => {
          await addPasskey(String(fields.get("name")), await makePasskey(await askForPasskey(password)));
          await refreshWaysIn();
          onClose();
        }}
        onCancel={onClose}
        more={{
          name: "name",
          field: (error) => (
            <TextField
              label={t`Name`}
              name="name"
              required
              maxLength={100}
              autoComplete="off"
              defaultValue={deviceName(navigator.userAgent) ?? ""}
              hint={t`By which you will know it in the list.`}
              error={error}
            />
          ),
        }}
      />
    </Dialog>
  );
}

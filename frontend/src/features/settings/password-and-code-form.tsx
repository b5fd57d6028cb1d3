import { Trans, useLingui } from "@lingui/react/macro";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { TextField } from "@/ui/text-field";
import { OwnPassword } from "./own-password";

interface PasswordAndCodeFormProps {
  action: string;
  danger?: boolean;
  send: (password: string, code: string) => Promise<void>;
  onCancel: () => void;
}

/// What changes the second factor takes both.
export function PasswordAndCodeForm({ action, danger = false, send, onCancel }: PasswordAndCodeFormProps) {
  const { t } = useLingui();
  const { busy, error, run } = useSaving((fields: FormData) =>
    send(String(fields.get("password") ?? ""), String(fields.get("code"))),
  );
  const passwordError = error?.field("password") ?? null;
  const codeError = error?.field("code") ?? null;
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
        label={t`Code`}
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        hint={t`Of your authenticator app, or a recovery code.`}
        error={codeError}
      />
      {error !== null && passwordError === null && codeError === null && <Notice>{error.message}</Notice>}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" look={danger ? "danger" : "primary"} busy={busy}>
          {action}
        </Button>
      </div>
    </form>
  );
}

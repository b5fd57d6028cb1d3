import { Trans, useLingui } from "@lingui/react/macro";
import { signInWithCode } from "@/lib/session";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/text-field";
import { FormError } from "./form-error";
import { useForm } from "./use-form";

interface CodeFormProps {
  challenge: string;
  /// Where signing in is not all that is waited for.
  onDone?: () => void;
  /// To the password, when the code came too late or was wrong too often.
  onBack: () => void;
}

/// What is asked after the password of somebody who has a second factor.
export function CodeForm({ challenge, onDone, onBack }: CodeFormProps) {
  const { t } = useLingui();
  const { busy, error, field, onSubmit } = useForm(async ({ code = "" }) => {
    await signInWithCode(challenge, code);
    onDone?.();
  });
  const wrong = error?.code === "INVALID_CREDENTIALS" ? t`This code is wrong, or was used already.` : null;
  const codeError = field("code") ?? wrong;
  return (
    <form method="post" onSubmit={onSubmit} className="grid gap-4">
      <TextField
        label={t`Code`}
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
        hint={t`Of your authenticator app, or a recovery code.`}
        error={codeError}
      />
      {codeError === null && <FormError error={error} />}
      <Button type="submit" look="primary" busy={busy} className="mt-1 min-h-11">
        <Trans>Sign in</Trans>
      </Button>
      <Button look="quiet" onClick={onBack} className="min-h-11">
        <Trans>Back</Trans>
      </Button>
    </form>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { signIn } from "@/lib/session";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/text-field";
import { FormError } from "./form-error";
import { PasswordField } from "./password-field";
import { useForm } from "./use-form";

/// @param email whose session ended, where only that account may go on
export function SignInForm({ email }: { email?: string }) {
  const { t } = useLingui();
  const { busy, error, field, onSubmit } = useForm(({ email: typed = "", password = "" }) =>
    signIn({ email: typed.trim(), password }),
  );
  return (
    <form method="post" onSubmit={onSubmit} className="grid gap-4">
      <TextField
        label={t`Email`}
        name="email"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        required
        autoFocus={email === undefined}
        defaultValue={email}
        readOnly={email !== undefined}
        error={field("email")}
      />
      <PasswordField
        label={t`Password`}
        name="password"
        autoComplete="current-password"
        required
        autoFocus={email !== undefined}
        error={field("password")}
      />
      <FormError error={error} />
      <Button type="submit" look="primary" busy={busy} className="mt-1 min-h-11">
        <Trans>Sign in</Trans>
      </Button>
    </form>
  );
}

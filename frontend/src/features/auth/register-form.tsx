import { Trans, useLingui } from "@lingui/react/macro";
import { signUp } from "@/lib/session";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/text-field";
import { FormError } from "./form-error";
import { PasswordField } from "./password-field";
import { ProviderButton } from "./provider-button";
import { useForm } from "./use-form";

/// @param next where to go on, for who leaves this site to sign in
export function RegisterForm({ next }: { next: string }) {
  const { t } = useLingui();
  const { busy, error, field, onSubmit } = useForm(({ email = "", password = "" }) =>
    signUp({ email: email.trim(), password }),
  );
  const taken = error?.code === "EMAIL_TAKEN" ? t`An account with this email exists already.` : null;
  const toldAtField = taken ?? field("email") ?? field("password");
  return (
    <div className="grid gap-4">
      <form method="post" onSubmit={onSubmit} className="grid gap-4">
        <TextField
          label={t`Email`}
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          required
          autoFocus
          error={field("email") ?? taken}
        />
        <PasswordField
          label={t`Password`}
          name="password"
          autoComplete="new-password"
          required
          minLength={8}
          maxLength={128}
          hint={t`At least 8 characters.`}
          error={field("password")}
        />
        {toldAtField === null && <FormError error={error} />}
        <Button type="submit" look="primary" busy={busy} className="mt-1 min-h-11">
          <Trans>Create account</Trans>
        </Button>
      </form>
      <ProviderButton next={next} />
    </div>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ApiError } from "@/api/api-error";
import { signIn } from "@/lib/session";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/text-field";
import { CodeForm } from "./code-form";
import { FormError } from "./form-error";
import { PasskeyButton } from "./passkey-button";
import { PasswordField } from "./password-field";
import { ProviderButton } from "./provider-button";
import { useForm } from "./use-form";

interface SignInFormProps {
  /// Whose session ended, where only that account may go on.
  email?: string;
  /// Where to go on, for who leaves this site to sign in.
  next: string;
}

export function SignInForm({ email, next }: SignInFormProps) {
  const { t } = useLingui();
  const [challenge, setChallenge] = useState<string | null>(null);
  const { busy, error, field, onSubmit } = useForm(async ({ email: typed = "", password = "" }) => {
    try {
      await signIn({ email: typed.trim(), password });
    } catch (failure) {
      const asked = challengeOf(failure);
      if (asked === null) throw failure;
      setChallenge(asked);
    }
  });
  if (challenge !== null) return <CodeForm challenge={challenge} onBack={() => setChallenge(null)} />;
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
      <PasskeyButton />
      <ProviderButton next={next} />
    </div>
  );
}

/// What is to be met next, where a sign-in was refused for want of a code.
export const challengeOf = (failure: unknown): string | null =>
  failure instanceof ApiError && failure.code === "SECOND_FACTOR_REQUIRED"
    ? String(failure.details.challenge)
    : null;

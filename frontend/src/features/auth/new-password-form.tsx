import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Link } from "react-router";
import { resetPassword } from "@/api/entrance";
import type { PasswordReset } from "@/api/types";
import { Button, buttonClass } from "@/ui/button";
import { FormError } from "./form-error";
import { PasswordField } from "./password-field";
import { useForm } from "./use-form";

/// @param token of the link that led here
export function NewPasswordForm({ token }: { token: string }) {
  const { t } = useLingui();
  const [done, setDone] = useState<PasswordReset | null>(null);
  const { busy, error, field, onSubmit } = useForm(async ({ new_password = "" }) => {
    setDone(await resetPassword(token, new_password));
  });
  if (done !== null) {
    return (
      <div className="grid gap-5">
        <div role="status" className="grid gap-3">
          <p>
            <Trans>Your new password is set, and all your devices are signed out.</Trans>
          </p>
          {done.passkeys_ended && (
            <p>
              <Trans>
                Your passkeys are void, because somebody else could have added them. Add yours again.
              </Trans>
            </p>
          )}
          {done.identities_ended && (
            <p>
              <Trans>
                Your sign-in with a provider is disconnected. Connect it again by signing in there.
              </Trans>
            </p>
          )}
          {done.second_factor_ended && (
            <p>
              <Trans>Your second factor is void. Turn it on again in the settings.</Trans>
            </p>
          )}
          {done.second_factor_asked && (
            <p>
              <Trans>Your second factor is still asked for.</Trans>
            </p>
          )}
          <p>
            {done.keys_ended ? (
              <Trans>Your API keys are void too: until now nothing had shown that this email is yours.</Trans>
            ) : (
              <Trans>It changes nothing about API keys.</Trans>
            )}
          </p>
        </div>
        <Link to="/login" replace className={buttonClass("primary", "min-h-11")}>
          <Trans>Sign in</Trans>
        </Link>
      </div>
    );
  }
  return (
    <form method="post" onSubmit={onSubmit} className="grid gap-4">
      <PasswordField
        label={t`New password`}
        name="new_password"
        autoComplete="new-password"
        required
        autoFocus
        minLength={8}
        maxLength={128}
        hint={t`At least 8 characters. All your devices will be signed out.`}
        error={field("new_password")}
      />
      {field("new_password") === null && <FormError error={error} />}
      <Button type="submit" look="primary" busy={busy} className="mt-1 min-h-11">
        <Trans>Set password</Trans>
      </Button>
    </form>
  );
}

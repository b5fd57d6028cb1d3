import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Link } from "react-router";
import { resetPassword } from "@/api/entrance";
import { Button, buttonClass } from "@/ui/button";
import { FormError } from "./form-error";
import { PasswordField } from "./password-field";
import { useForm } from "./use-form";

/// @param token of the link that led here
export function NewPasswordForm({ token }: { token: string }) {
  const { t } = useLingui();
  const [done, setDone] = useState(false);
  const { busy, error, field, onSubmit } = useForm(async ({ new_password = "" }) => {
    await resetPassword(token, new_password);
    setDone(true);
  });
  if (done) {
    return (
      <div className="grid gap-5">
        <p role="status">
          <Trans>Your new password is set, and all your devices are signed out. Your API keys stay.</Trans>
        </p>
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

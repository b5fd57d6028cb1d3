import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { askForNewPassword } from "@/api/entrance";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/text-field";
import { FormError } from "./form-error";
import { useForm } from "./use-form";

export function ForgottenForm() {
  const { t } = useLingui();
  const [asked, setAsked] = useState<string | null>(null);
  const { busy, error, field, onSubmit } = useForm(async ({ email = "" }) => {
    await askForNewPassword(email.trim());
    setAsked(email.trim());
  });
  if (asked !== null) {
    return (
      <p role="status">
        <Trans>
          If there is an account with the email {asked}, a mail with a link is on its way. The link is good
          for an hour.
        </Trans>
      </p>
    );
  }
  return (
    <form method="post" onSubmit={onSubmit} className="grid gap-4">
      <TextField
        label={t`Email`}
        name="email"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        required
        autoFocus
        hint={t`You get a mail with a link to choose a new one.`}
        error={field("email")}
      />
      {field("email") === null && <FormError error={error} />}
      <Button type="submit" look="primary" busy={busy} className="mt-1 min-h-11">
        <Trans>Send the mail</Trans>
      </Button>
    </form>
  );
}

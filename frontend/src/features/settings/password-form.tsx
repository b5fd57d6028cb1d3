import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { changePassword } from "@/api/auth";
import { useAuth } from "@/lib/session";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { SavedMark } from "@/ui/saved-mark";
import { TextField } from "@/ui/text-field";
import { OwnPassword } from "./own-password";
import { refreshWaysIn, waysInQuery } from "./ways-in-query";

/// A new password ends every other session. Who signs in without one sets their first.
export function PasswordForm() {
  const { t } = useLingui();
  const { user } = useAuth();
  const { data: waysIn } = useQuery(waysInQuery);
  const isFirst = waysIn?.password === false;
  const form = useRef<HTMLFormElement>(null);
  const { busy, saved, error, run } = useSaving(async (fields: FormData) => {
    await changePassword(String(fields.get("current_password") ?? ""), String(fields.get("new_password")));
    form.current?.reset();
    await refreshWaysIn();
  });
  const wrong = error?.code === "INVALID_CREDENTIALS" ? t`This is not your current password.` : null;
  const currentError = error?.field("current_password") ?? wrong;
  const newError = error?.field("new_password") ?? null;
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void run(new FormData(event.currentTarget));
      }}
      className="grid gap-4"
    >
      <input type="email" autoComplete="username" value={user?.email ?? ""} readOnly hidden />
      {isFirst ? (
        <OwnPassword error={currentError} />
      ) : (
        <TextField
          label={t`Current password`}
          name="current_password"
          type="password"
          autoComplete="current-password"
          required
          error={currentError}
        />
      )}
      <TextField
        label={t`New password`}
        name="new_password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={128}
        hint={t`At least 8 characters. Your other devices will be signed out.`}
        error={newError}
      />
      {error !== null && currentError === null && newError === null && <Notice>{error.message}</Notice>}
      <div className="flex items-center gap-3">
        <Button type="submit" look="primary" busy={busy}>
          {isFirst ? <Trans>Set password</Trans> : <Trans>Change password</Trans>}
        </Button>
        <SavedMark shown={saved} />
      </div>
    </form>
  );
}

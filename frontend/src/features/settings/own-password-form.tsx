import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { OwnPassword } from "./own-password";

interface OwnPasswordFormProps {
  action: string;
  danger?: boolean;
  send: (password: string, fields: FormData) => Promise<void>;
  onCancel: () => void;
  /// What else is asked.
  more?: { name: string; field: (error: string | null) => ReactNode };
}

/// What only the account's owner may do.
export function OwnPasswordForm({ action, danger = false, send, onCancel, more }: OwnPasswordFormProps) {
  const { t } = useLingui();
  const { busy, error, run } = useSaving((fields: FormData) =>
    send(String(fields.get("password") ?? ""), fields),
  );
  const wrong = error?.code === "INVALID_CREDENTIALS" ? t`This is not your password.` : null;
  const passwordError = error?.field("password") ?? wrong;
  const moreError = more === undefined ? null : (error?.field(more.name) ?? null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run(new FormData(event.currentTarget));
      }}
      className="grid gap-4"
    >
      <OwnPassword error={passwordError} />
      {more?.field(moreError)}
      {error !== null && passwordError === null && moreError === null && <Notice>{error.message}</Notice>}
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

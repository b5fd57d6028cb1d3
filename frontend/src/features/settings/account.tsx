import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { deleteAccount, exportPath } from "@/api/auth";
import { allChatsPath } from "@/api/chats";
import { download } from "@/lib/download";
import { leaveDeletedAccount } from "@/lib/session";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { OwnPassword } from "./own-password";

function ExportButton({ path, children }: { path: string; children: ReactNode }) {
  const { busy, error, run } = useSaving(() => download(path));
  return (
    <>
      <Button busy={busy} onClick={() => void run()}>
        {children}
      </Button>
      {error !== null && <Notice className="order-last basis-full">{error.message}</Notice>}
    </>
  );
}

/// Taking everything along, and leaving.
export function Account() {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const { busy, error, run } = useSaving(async (password: string) => {
    await deleteAccount(password);
    leaveDeletedAccount();
  });
  const wrong = error?.code === "INVALID_CREDENTIALS" ? t`This is not your password.` : null;
  const passwordError = error?.field("password") ?? wrong;
  return (
    <div className="flex flex-wrap gap-3">
      <p className="basis-full text-quiet">
        <Trans>
          The export is one file with your profile, your devices and all chats with every version of every
          message. As Markdown you get the chats alone, each as a text to read.
        </Trans>
      </p>
      <ExportButton path={exportPath}>
        <Trans>Export everything</Trans>
      </ExportButton>
      <ExportButton path={allChatsPath}>
        <Trans>Chats as Markdown</Trans>
      </ExportButton>
      <Button look="danger" onClick={() => setAsking(true)}>
        <Trans>Delete account</Trans>
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t`Delete your account`}
        description={t`Your account, all chats and everything else the server holds about you will be gone. This cannot be undone.`}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void run(String(new FormData(event.currentTarget).get("password") ?? ""));
          }}
          className="grid gap-4"
        >
          <OwnPassword error={passwordError} />
          {error !== null && passwordError === null && <Notice>{error.message}</Notice>}
          <div className="flex justify-end gap-2">
            <Button look="quiet" onClick={() => setAsking(false)}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" look="danger" busy={busy}>
              <Trans>Delete account</Trans>
            </Button>
          </div>
        </form>
      </Dialog>
    </div>
  );
}

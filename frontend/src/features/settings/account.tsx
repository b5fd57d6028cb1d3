import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { deleteAccount, exportPath, readableExportPath } from "@/api/auth";
import { download } from "@/lib/download";
import { entranceQuery } from "@/lib/entrance";
import { leaveDeletedAccount } from "@/lib/session";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { OwnPasswordForm } from "./own-password-form";

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
  // A server may have been started anew since the page was.
  const { data: entrance } = useQuery({ ...entranceQuery, refetchOnMount: "always" });
  return (
    <div className="flex flex-wrap gap-3">
      {entrance?.operators_read_chats === true && (
        <p className="basis-full">
          <Trans>
            Operators of this server can read your chats, except temporary ones. Each reading is recorded, and
            the export tells you when there was one.
          </Trans>
        </p>
      )}
      <p className="basis-full text-quiet">
        <Trans>
          The export is one file with your profile, your devices and all chats with every version of every
          message. As Markdown you get your profile, your memories and your chats as texts to read, each chat
          as it is shown.
        </Trans>
      </p>
      <ExportButton path={exportPath}>
        <Trans>Export everything</Trans>
      </ExportButton>
      <ExportButton path={readableExportPath}>
        <Trans>Export as Markdown</Trans>
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
        <OwnPasswordForm
          action={t`Delete account`}
          danger
          send={async (password) => {
            await deleteAccount(password);
            leaveDeletedAccount();
          }}
          onCancel={() => setAsking(false)}
        />
      </Dialog>
    </div>
  );
}

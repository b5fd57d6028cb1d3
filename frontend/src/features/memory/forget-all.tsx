import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { forgetAllMemories } from "@/api/memories";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { refetchMemories } from "./memory-queries";

export function ForgetAll() {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const { busy, error, run } = useSaving(async () => {
    await forgetAllMemories();
    await refetchMemories();
    setAsking(false);
  });
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        <Trans>Forget all</Trans>
      </Button>
      <Dialog
        open={asking}
        title={t`Forget everything?`}
        description={t`All memories will be gone, with their histories. Your chats stay. This cannot be undone.`}
        onClose={() => setAsking(false)}
      >
        {error !== null && <Notice className="mb-4">{error.message}</Notice>}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={() => setAsking(false)}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="danger" busy={busy} onClick={() => void run()}>
            <Trans>Forget all</Trans>
          </Button>
        </div>
      </Dialog>
    </>
  );
}

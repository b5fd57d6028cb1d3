import { Trans, useLingui } from "@lingui/react/macro";
import { FileBraces, FileText } from "lucide-react";
import type { ReactNode } from "react";
import { type ChatFile, chatFilePath } from "@/api/chats";
import { download } from "@/lib/download";
import { useSaving } from "@/lib/use-saving";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";

interface ChatExportProps {
  chatId: string;
  title: string;
  onClose: () => void;
}

/// A chat as a file, in the form that suits what it is for.
export function ChatExport({ chatId, title, onClose }: ChatExportProps) {
  const { t } = useLingui();
  const { busy, error, run } = useSaving(async (format: ChatFile) => {
    await download(chatFilePath(chatId, format));
    onClose();
  });
  return (
    <Dialog open title={t`Export this chat`} description={title} onClose={onClose}>
      <div className="grid gap-2">
        <Choice icon={<FileText />} name="Markdown" busy={busy} onChoose={() => void run("markdown")}>
          <Trans>To read: the version of the chat that is shown.</Trans>
        </Choice>
        <Choice icon={<FileBraces />} name="JSON" busy={busy} onChoose={() => void run("json")}>
          <Trans>To keep: every version of every message.</Trans>
        </Choice>
        {error !== null && <Notice>{error.message}</Notice>}
      </div>
    </Dialog>
  );
}

interface ChoiceProps {
  icon: ReactNode;
  name: string;
  busy: boolean;
  onChoose: () => void;
  children: ReactNode;
}

function Choice({ icon, name, busy, onChoose, children }: ChoiceProps) {
  return (
    <button
      type="button"
      disabled={busy}
      onClick={onChoose}
      className="flex items-center gap-3 rounded-control border border-line px-4 py-3 text-start transition-colors hover:bg-hover disabled:opacity-50 [&_svg]:size-5 [&_svg]:shrink-0"
    >
      {icon}
      <span>
        <span className="font-medium">{name}</span>
        <span className="block text-small text-quiet">{children}</span>
      </span>
    </button>
  );
}

import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import { importMemories } from "@/api/memories";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { toast } from "@/ui/toast";
import { memoriesIn } from "./memory-file";
import { refetchMemories } from "./memory-queries";

export function ImportMemories() {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const { busy, error, run } = useSaving(async (file: File) => {
    const memories = parsed(await file.text());
    if (memories === undefined) {
      toast(t`This file is no JSON.`);
      return;
    }
    const { imported, found } = await importMemories(memoriesIn(memories));
    toast(
      t`${plural(imported, { one: "# memory is new", other: "# memories are new" })}, of ${found} found.`,
    );
    await refetchMemories();
  });
  return (
    <>
      <Button busy={busy} onClick={() => input.current?.click()}>
        <Trans>Import</Trans>
      </Button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label={t`A file with memories`}
        hidden
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = "";
          if (file !== undefined) void run(file);
        }}
      />
      {error !== null && <Notice className="basis-full">{error.message}</Notice>}
    </>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { addMemory } from "@/api/memories";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/text-field";
import { refetchMemories } from "./memory-queries";

const longest = 2_000;

export function AddMemory() {
  const { t } = useLingui();
  const [content, setContent] = useState("");
  const { busy, error, run } = useSaving(async () => {
    await addMemory(content.trim());
    setContent("");
    await refetchMemories();
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (content.trim() !== "") void run();
      }}
      className="flex items-end gap-2"
    >
      <TextField
        label={t`Add a memory`}
        placeholder={t`I prefer short answers.`}
        maxLength={longest}
        value={content}
        onChange={({ target }) => setContent(target.value)}
        error={error === null ? null : (error.field("content") ?? error.message)}
        className="min-w-0 flex-1"
      />
      <Button type="submit" busy={busy} disabled={content.trim() === ""} className="h-11">
        <Trans>Add</Trans>
      </Button>
    </form>
  );
}

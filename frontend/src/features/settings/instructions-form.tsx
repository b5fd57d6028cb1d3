import { Trans } from "@lingui/react/macro";
import { useId } from "react";
import type { Profile } from "@/api/types";
import { saveProfile } from "@/lib/profile";
import { useSaving } from "@/lib/use-saving";
import { useUnsavedText } from "@/lib/use-unsaved-text";
import { Button } from "@/ui/button";
import { GrowingTextarea } from "@/ui/growing-textarea";
import { Notice } from "@/ui/notice";
import { SavedMark } from "@/ui/saved-mark";
import { inputClass } from "@/ui/text-field";

export function InstructionsForm({ profile }: { profile: Profile }) {
  const id = useId();
  const kept = profile.preferences.custom_instructions ?? "";
  const { text, keep, forget } = useUnsavedText("instructions", kept);

  const { busy, saved, error, run } = useSaving(async () => {
    await saveProfile({ preferences: { custom_instructions: text.trim() } });
    forget(text);
  });

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
      className="grid gap-1.5"
    >
      <label htmlFor={id} className="font-medium">
        <Trans>Custom instructions</Trans>
      </label>
      <GrowingTextarea
        id={id}
        aria-describedby={`${id}-hint`}
        value={text}
        onChange={({ target }) => keep(target.value)}
        className={`${inputClass} max-h-80 min-h-28 bg-raised! py-2.5`}
      />
      <p id={`${id}-hint`} className="text-small text-quiet">
        <Trans>What every answer should take into account: who you are, how you like answers written.</Trans>
      </p>
      {error !== null && (
        <Notice>
          {error.field("preferences.custom_instructions") ??
            error.field("custom_instructions") ??
            error.message}
        </Notice>
      )}
      <div className="mt-2 flex items-center gap-3">
        <Button type="submit" look="primary" busy={busy} disabled={text.trim() === kept}>
          <Trans>Save</Trans>
        </Button>
        <SavedMark shown={saved} />
      </div>
    </form>
  );
}

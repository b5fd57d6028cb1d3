import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { Announcements } from "./announcements";
import { liveAnswer, useLiveStore } from "./live-store";

/// Reads an answer to those who do not see it. The list of messages itself is silent, or it would read every word
/// that arrives.
export function AnswerAnnouncer({ conversation }: { conversation: string }) {
  const { t } = useLingui();
  const [said, say] = useState("");
  useEffect(() => {
    const words = {
      code: t`Code`,
      formula: t`formula`,
      complete: t`The answer is complete.`,
      stopped: t`Stopped.`,
      more: t`And more.`,
    };
    const announcements = new Announcements(words, say);
    const stop = useLiveStore.subscribe(() => announcements.hear(liveAnswer(conversation)));
    announcements.hear(liveAnswer(conversation));
    return () => {
      stop();
      announcements.close();
    };
  }, [conversation, t]);
  return (
    <p role="status" aria-live="polite" className="sr-only" data-announcer="">
      {said}
    </p>
  );
}

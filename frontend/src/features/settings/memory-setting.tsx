import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import type { Preferences, Profile } from "@/api/types";
import { saveProfile } from "@/lib/profile";
import { useSaving } from "@/lib/use-saving";
import { buttonClass } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { SavedMark } from "@/ui/saved-mark";
import { Segmented } from "@/ui/segmented";
import { Line } from "./part";

type Choice = "on" | "ask" | "off";

const choiceOf = ({ memory_enabled, memory_ask }: Preferences): Choice =>
  !memory_enabled ? "off" : memory_ask ? "ask" : "on";

/// Saves itself.
export function MemorySetting({ profile }: { profile: Profile }) {
  const { t } = useLingui();
  const { saved, error, run } = useSaving((choice: Choice) =>
    saveProfile({ preferences: { memory_enabled: choice !== "off", memory_ask: choice === "ask" } }),
  );
  return (
    <>
      <Line name={t`Remember across chats`}>
        <SavedMark shown={saved} />
        <Segmented
          label={t`Remember across chats`}
          value={choiceOf(profile.preferences)}
          options={[
            { value: "on", label: t`On` },
            { value: "ask", label: t`Ask me first` },
            { value: "off", label: t`Off` },
          ]}
          onChange={(choice) => void run(choice)}
        />
      </Line>
      <p className="text-small text-quiet">
        <Trans>
          Your answers are told what you said before, where it fits the question. Off, nothing is remembered
          and nothing told.
        </Trans>
      </p>
      {error !== null && <Notice>{error.message}</Notice>}
      <div>
        <Link to="/memory" className={buttonClass("plain")}>
          <Trans>See what is remembered</Trans>
        </Link>
      </div>
    </>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { fetchProfile } from "@/api/memories";
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
  const { data: memory } = useQuery({
    queryKey: ["memories", "profile"],
    queryFn: ({ signal }) => fetchProfile(signal),
  });
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
      {profile.preferences.memory_ask && memory?.asks === false && (
        <Notice>
          <Trans>
            Memories are kept by a Mem0 service here, where nothing can wait until you accept it. As long as
            you want to be asked, nothing new is learned.
          </Trans>
        </Notice>
      )}
      {error !== null && <Notice>{error.message}</Notice>}
      <div>
        <Link to="/memory" className={buttonClass("plain")}>
          <Trans>See what is remembered</Trans>
        </Link>
      </div>
    </>
  );
}

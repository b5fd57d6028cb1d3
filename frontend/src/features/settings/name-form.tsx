import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Profile } from "@/api/types";
import { saveProfile } from "@/lib/profile";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { SavedMark } from "@/ui/saved-mark";
import { TextField } from "@/ui/text-field";

export function NameForm({ profile }: { profile: Profile }) {
  const { t } = useLingui();
  const [first, setFirst] = useState(profile.first_name);
  const [last, setLast] = useState(profile.last_name);
  const [username, setUsername] = useState(profile.username);
  const changed = first !== profile.first_name || last !== profile.last_name || username !== profile.username;

  const { busy, saved, error, run } = useSaving(() =>
    saveProfile({ first_name: first.trim(), last_name: last.trim(), username: username.trim() }),
  );

  const taken = error?.code === "USERNAME_TAKEN" ? t`This name is taken.` : null;
  const usernameError = error?.field("username") ?? taken;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
      className="grid gap-4"
    >
      <TextField label={t`Email`} value={profile.email} type="email" readOnly className="opacity-75" />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t`First name`}
          value={first}
          maxLength={150}
          autoComplete="given-name"
          onChange={({ target }) => setFirst(target.value)}
          error={error?.field("first_name")}
        />
        <TextField
          label={t`Last name`}
          value={last}
          maxLength={150}
          autoComplete="family-name"
          onChange={({ target }) => setLast(target.value)}
          error={error?.field("last_name")}
        />
      </div>
      <TextField
        label={t`Username`}
        value={username}
        required
        maxLength={30}
        autoCapitalize="none"
        onChange={({ target }) => setUsername(target.value)}
        error={usernameError}
      />
      {error !== null && usernameError === null && <Notice>{error.message}</Notice>}
      <div className="flex items-center gap-3">
        <Button type="submit" look="primary" busy={busy} disabled={!changed}>
          <Trans>Save</Trans>
        </Button>
        <SavedMark shown={saved} />
      </div>
    </form>
  );
}

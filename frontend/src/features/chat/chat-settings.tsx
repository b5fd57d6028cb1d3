import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Chat, ChatSettingsChange } from "@/api/types";
import { profileQuery } from "@/lib/profile";
import { keepUnsaved, readUnsaved } from "@/lib/unsaved";
import { useSaving } from "@/lib/use-saving";
import { Button, buttonClass } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { GrowingTextarea } from "@/ui/growing-textarea";
import { Menu, MenuChoice } from "@/ui/menu";
import { Notice } from "@/ui/notice";
import { SavedMark } from "@/ui/saved-mark";
import { Segmented } from "@/ui/segmented";
import { inputClass } from "@/ui/text-field";
import { toast } from "@/ui/toast";
import { changedSettings, modelsQuery, updateChat, useChat, useStandardModel } from "./chat-queries";
import { useFreshOpening } from "./fresh-opening";
import { NumberSetting } from "./number-setting";
import { changeOpening } from "./opening";
import { bounds, settingsForm } from "./settings-form";

interface ChatSettingsProps {
  /// Undefined for the next new chat.
  chatId: string | undefined;
  onClose: () => void;
}

const longestPrompt = 20_000;

/// How answers in one chat are written. Everything saves itself; what is left empty is the standard's.
export function ChatSettings({ chatId, onClose }: ChatSettingsProps) {
  const fresh = useFreshOpening();
  const { data: chat } = useChat(chatId);
  const shown = chatId === undefined ? fresh : chat;
  // A chat that is not there says so on its page.
  if (shown === undefined || (chatId === undefined && fresh.settled)) return null;
  const save = async (change: ChatSettingsChange) => {
    if (chat === undefined) changeOpening({ settings: changedSettings(fresh.settings, change) });
    else await updateChat(chat, { settings: change });
  };
  // Back may lead to another chat below the dialog: what was typed for the one is nothing for the other.
  const name = chatId ?? "new";
  return <Settings key={name} name={name} chat={shown} save={save} onClose={onClose} />;
}

interface SettingsProps {
  /// Of the chat, for what is kept in the browser.
  name: string;
  chat: Pick<Chat, "settings" | "is_temporary">;
  save: (change: ChatSettingsChange) => Promise<void>;
  onClose: () => void;
}

function Settings({ name, chat: { settings, is_temporary }, save, onClose }: SettingsProps) {
  const { t } = useLingui();
  const { saved, error, run } = useSaving(save);
  const { form, leave } = useSettingsForm(name, settings, run);
  const { typed, refused } = useStore(form.store);
  const promptId = useId();
  const fields = useRef<HTMLDivElement>(null);

  const close = async () => {
    if (await leave()) return onClose();
    requestAnimationFrame(() => fields.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  const discard = () => {
    form.clear();
    onClose();
  };
  const reset = () => {
    form.clear();
    void run({ model: null, temperature: null, max_tokens: null, system_prompt: null, memory_enabled: null });
  };

  return (
    <Dialog
      open
      title={t`Settings of this chat`}
      description={t`For the answers from now on. What is left empty is as everywhere else.`}
      onClose={() => void close()}
    >
      <div ref={fields} className="grid gap-5">
        <ModelChoice chosen={settings.model ?? null} onChoose={(model) => void run({ model })} />
        <div className="grid grid-cols-2 items-start gap-4">
          <NumberSetting
            label={t`Temperature`}
            hint={t`0 is exact, 2 inventive.`}
            value={settings.temperature ?? null}
            typed={typed.temperature}
            refused={refused.includes("temperature")}
            {...bounds.temperature}
            onType={(text) => form.type("temperature", text)}
            onLeave={() => void leave()}
          />
          <NumberSetting
            label={t`Maximum tokens`}
            hint={t`The longest answer.`}
            value={settings.max_tokens ?? null}
            typed={typed.max_tokens}
            refused={refused.includes("max_tokens")}
            {...bounds.max_tokens}
            onType={(text) => form.type("max_tokens", text)}
            onLeave={() => void leave()}
          />
        </div>
        <div className="grid gap-1.5">
          <label htmlFor={promptId} className="font-medium">
            <Trans>System prompt</Trans>
          </label>
          <GrowingTextarea
            id={promptId}
            aria-describedby={`${promptId}-hint`}
            value={typed.system_prompt ?? settings.system_prompt ?? ""}
            maxLength={longestPrompt}
            onChange={({ target }) => form.type("system_prompt", target.value)}
            onBlur={() => void leave()}
            className={`${inputClass} max-h-60 min-h-24 py-2.5`}
          />
          <p id={`${promptId}-hint`} className="text-small text-quiet">
            <Trans>What the model is told before your first question here.</Trans>
          </p>
        </div>
        <MemoryChoice
          temporary={is_temporary}
          chosen={settings.memory_enabled ?? null}
          onChoose={(memory_enabled) => void run({ memory_enabled })}
        />
        {error !== null && (
          <Notice
            action={
              Object.keys(typed).length > 0 && (
                <Button onClick={discard}>
                  <Trans>Discard what is not saved</Trans>
                </Button>
              )
            }
          >
            {error.message}
          </Notice>
        )}
        <div className="flex items-center gap-3">
          <SavedMark shown={saved} />
          <span className="flex-1" />
          {Object.keys(settings).length > 0 && (
            <Button look="quiet" onClick={reset}>
              <Trans>Reset all</Trans>
            </Button>
          )}
          <Button look="primary" onClick={() => void close()}>
            <Trans>Done</Trans>
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function useSettingsForm(
  name: string,
  settings: Chat["settings"],
  run: (change: ChatSettingsChange) => Promise<boolean>,
) {
  const { t } = useLingui();
  const latest = useRef({ settings, run, notSaved: "" });
  useEffect(() => {
    latest.current = { settings, run, notSaved: t`What was typed into the settings could not be saved.` };
  });
  const [form] = useState(() =>
    settingsForm((change) => latest.current.run(change), {
      read: () => readUnsaved(`prompt.${name}`),
      write: (text) => keepUnsaved(`prompt.${name}`, text),
    }),
  );
  const leave = useCallback(() => form.leave(() => latest.current.settings), [form]);
  useEffect(
    () => () => {
      void leave().then((worked) => {
        if (!worked) toast(latest.current.notSaved);
      });
    },
    [leave],
  );
  return { form, leave };
}

interface ModelChoiceProps {
  chosen: string | null;
  onChoose: (model: string | null) => void;
}

/// Without a choice of models there is nothing to set.
function ModelChoice({ chosen, onChoose }: ModelChoiceProps) {
  const { t } = useLingui();
  const { data: models = [] } = useQuery(modelsQuery);
  const standard = useStandardModel()?.name ?? "";
  if (models.length < 2 && chosen === null) return null;
  const options = [
    { value: "", label: t`Standard (${standard})` },
    ...models.map(({ id, name, provider }) => ({ value: id, label: name, detail: provider })),
  ];
  const current = options.find(({ value }) => value === (chosen ?? ""))?.label ?? chosen;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <span className="me-auto font-medium">
        <Trans>Model</Trans>
      </span>
      <Menu
        align="end"
        trigger={
          <button
            type="button"
            aria-label={t`Model: ${current}`}
            className={buttonClass("plain", "text-start")}
          >
            {current}
            <ChevronDown className="size-4" aria-hidden="true" />
          </button>
        }
      >
        <MenuChoice
          value={chosen ?? ""}
          options={options}
          onChange={(model) => onChoose(model === "" ? null : model)}
        />
      </Menu>
    </div>
  );
}

interface MemoryChoiceProps {
  temporary: boolean;
  chosen: boolean | null;
  onChoose: (enabled: boolean | null) => void;
}

function MemoryChoice({ temporary, chosen, onChoose }: MemoryChoiceProps) {
  const { t } = useLingui();
  const { data: profile } = useQuery(profileQuery);
  if (temporary) {
    return (
      <p className="text-quiet">
        <Trans>A temporary chat neither reads nor writes your memory.</Trans>
      </p>
    );
  }
  const usual = profile?.preferences.memory_enabled === false ? t`Standard (off)` : t`Standard (on)`;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <span className="me-auto font-medium">
        <Trans>Memory</Trans>
      </span>
      <Segmented
        label={t`Memory`}
        value={chosen === null ? "standard" : chosen ? "on" : "off"}
        options={[
          { value: "standard", label: usual },
          { value: "on", label: t`On` },
          { value: "off", label: t`Off` },
        ]}
        onChange={(choice) => onChoose(choice === "standard" ? null : choice === "on")}
      />
    </div>
  );
}

import { createStore } from "zustand/vanilla";
import type { Chat, ChatSettingsChange } from "@/api/types";
import { parseNumber } from "./parse-number";

type Settings = Chat["settings"];

/// The settings that are typed; the others are chosen and saved at once.
export type TypedSetting = "temperature" | "max_tokens" | "system_prompt";

export const bounds = {
  temperature: { least: 0, most: 2, whole: false },
  max_tokens: { least: 1, most: 1_000_000, whole: true },
} as const;

interface FormState {
  /// What was typed and is not saved yet. What nobody touched is not in it, and shown and kept as it is by now.
  typed: Partial<Record<TypedSetting, string>>;
  /// What was typed where no such number can be.
  refused: readonly TypedSetting[];
}

/// @returns null for the standard, undefined for what cannot be
function parsed(setting: TypedSetting, text: string): string | number | null | undefined {
  if (setting === "system_prompt") return text.trim() === "" ? null : text.trim();
  return parseNumber(text, bounds[setting]);
}

/// Where a text outlasts the page.
interface Keep {
  read: () => string | null;
  write: (text: string | null) => void;
}

/// What is typed into the settings of a chat.
/// @param save says whether it worked
/// @param keep for the system prompt, which may be long
export function settingsForm(save: (change: ChatSettingsChange) => Promise<boolean>, keep: Keep) {
  const left = keep.read();
  const store = createStore<FormState>(() => ({
    typed: left === null ? {} : { system_prompt: left },
    refused: [],
  }));
  store.subscribe(({ typed }, before) => {
    if (typed.system_prompt !== before.typed.system_prompt) keep.write(typed.system_prompt ?? null);
  });
  let saving: Promise<boolean> = Promise.resolve(true);

  const type = (setting: TypedSetting, text: string) =>
    store.setState(({ typed, refused }) => ({
      typed: { ...typed, [setting]: text },
      refused: refused.filter((one) => one !== setting),
    }));

  const forget = (saved: FormState["typed"]) =>
    store.setState(({ typed }) => ({
      // What was typed on meanwhile is still to be saved.
      typed: Object.fromEntries(
        Object.entries(typed).filter(([setting, text]) => saved[setting as TypedSetting] !== text),
      ),
    }));

  /// @param known the settings as they are by now
  /// @returns whether nothing is left that is not saved
  const saveTyped = async (known: Settings): Promise<boolean> => {
    const { typed } = store.getState();
    const entries = Object.entries(typed) as [TypedSetting, string][];
    const values = entries.map(([setting, text]) => [setting, parsed(setting, text)] as const);
    const refused = values.flatMap(([setting, value]) => (value === undefined ? [setting] : []));
    store.setState({ refused });
    const change = Object.fromEntries(
      values.filter(([setting, value]) => value !== undefined && value !== (known[setting] ?? null)),
    );
    const worked = Object.keys(change).length === 0 || (await save(change));
    const settled = entries.filter(([setting]) => !refused.includes(setting));
    if (worked) forget(Object.fromEntries(settled));
    return worked && refused.length === 0;
  };

  /// One after the other: what is under way need not be sent again.
  const leave = (known: () => Settings): Promise<boolean> => {
    saving = saving.catch(() => false).then(() => saveTyped(known()));
    return saving;
  };

  const clear = () => store.setState({ typed: {}, refused: [] });
  return { store, type, leave, clear };
}

import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useState } from "react";
import { TextField } from "@/ui/text-field";
import { parseNumber } from "./parse-number";

interface NumberSettingProps {
  label: string;
  hint: string;
  /// Null for the standard.
  value: number | null;
  least: number;
  most: number;
  whole?: boolean;
  onSave: (value: number | null) => void;
}

const asTyped = { useGrouping: false, maximumFractionDigits: 20, numberingSystem: "latn" };

/// A number that saves itself when it is left, or with Enter.
export function NumberSetting({ label, hint, value, least, most, whole, onSave }: NumberSettingProps) {
  const { t, i18n } = useLingui();
  const written = value === null ? "" : i18n.number(value, asTyped);
  const [shown, setShown] = useState(value);
  const [text, setText] = useState(written);
  const [refused, setRefused] = useState(false);
  // It may be changed elsewhere meanwhile.
  if (shown !== value) {
    setShown(value);
    setText(written);
    setRefused(false);
  }
  const save = () => {
    const typed = parseNumber(text, { least, most, whole });
    setRefused(typed === undefined);
    if (typed !== undefined && typed !== value) onSave(typed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) save();
  };
  return (
    <TextField
      label={label}
      hint={hint}
      placeholder={t`Standard`}
      inputMode={whole ? "numeric" : "decimal"}
      autoComplete="off"
      value={text}
      error={refused ? t`A number from ${i18n.number(least)} to ${i18n.number(most)}.` : null}
      onChange={({ target }) => setText(target.value)}
      onBlur={save}
      onKeyDown={onKeyDown}
    />
  );
}

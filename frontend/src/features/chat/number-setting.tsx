import { useLingui } from "@lingui/react/macro";
import type { KeyboardEvent } from "react";
import { TextField } from "@/ui/text-field";

interface NumberSettingProps {
  label: string;
  hint: string;
  /// Null for the standard.
  value: number | null;
  /// What stands in the field instead while it is not saved.
  typed: string | undefined;
  /// No such number can be.
  refused: boolean;
  least: number;
  most: number;
  whole: boolean;
  onType: (text: string) => void;
  /// It is left, or Enter pressed.
  onLeave: () => void;
}

const asTyped = { useGrouping: false, maximumFractionDigits: 20, numberingSystem: "latn" };

/// A number that saves itself when it is left, or with Enter.
export function NumberSetting({
  label,
  hint,
  value,
  typed,
  refused,
  least,
  most,
  whole,
  onType,
  onLeave,
}: NumberSettingProps) {
  const { t, i18n } = useLingui();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) onLeave();
  };
  return (
    <TextField
      label={label}
      hint={hint}
      placeholder={t`Standard`}
      inputMode={whole ? "numeric" : "decimal"}
      autoComplete="off"
      value={typed ?? (value === null ? "" : i18n.number(value, asTyped))}
      error={refused ? t`A number from ${i18n.number(least)} to ${i18n.number(most)}.` : null}
      onChange={({ target }) => onType(target.value)}
      onBlur={onLeave}
      onKeyDown={onKeyDown}
    />
  );
}

/// A combination of keys. `mod` is Command on Apple's machines and Control on others, where the other of the
/// two belongs to the system or to the text that is being edited.
export interface Keys {
  mod?: boolean;
  shift?: boolean;
  /// As the keyboard event names it, in lower case.
  key: string;
}

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const isApple = () => typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/// Where a character needs Shift differs between keyboards, so that Shift counts with letters alone.
export function matches(
  pressed: Pressed,
  { mod = false, shift = false, key }: Keys,
  apple = isApple(),
): boolean {
  const [wanted, other] = apple ? [pressed.metaKey, pressed.ctrlKey] : [pressed.ctrlKey, pressed.metaKey];
  const letter = /^[a-z]$/.test(key);
  return (
    pressed.key.toLowerCase() === key &&
    wanted === mod &&
    !other &&
    !pressed.altKey &&
    (!letter || pressed.shiftKey === shift)
  );
}

const names: Record<string, string> = { arrowup: "↑", arrowdown: "↓", escape: "Esc", enter: "Enter" };

/// How the keys are written on the keyboard.
export function labelOf({ mod = false, shift = false, key }: Keys, apple = isApple()): string[] {
  const name = names[key] ?? key.toUpperCase();
  return [mod && (apple ? "⌘" : "Ctrl"), shift && (apple ? "⇧" : "Shift"), name].filter(
    (part) => part !== false,
  );
}

/// Whether a key only ends the choice of a character, which Safari tells by key code 229 alone.
export const endsComposition = ({ isComposing, keyCode }: { isComposing: boolean; keyCode: number }) =>
  isComposing || keyCode === 229;

export const shortcutOf = (keys: Keys) => labelOf(keys).join(isApple() ? "" : "+");

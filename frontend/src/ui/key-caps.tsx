import { type Keys, labelOf } from "@/lib/keys";

/// Keys as they stand on the keyboard.
export function KeyCaps({ keys }: { keys: Keys }) {
  return (
    <span className="flex shrink-0 gap-1" dir="ltr">
      {labelOf(keys).map((label) => (
        <kbd
          key={label}
          className="grid min-w-5.5 place-items-center rounded-[0.3125rem] border border-line bg-page px-1.5 font-sans text-small text-quiet"
        >
          {label}
        </kbd>
      ))}
    </span>
  );
}

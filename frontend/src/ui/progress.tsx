const look = `h-2 w-full overflow-hidden rounded-full bg-sunken not-forced-colors:appearance-none
  [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent [&::-moz-progress-bar]:bg-accent
  indeterminate:animate-pulse`;

/// How far something is.
/// @param share from 0 to 1; null: nobody knows
export function Progress({ label, share }: { label: string; share: number | null }) {
  return <progress aria-label={label} className={look} {...(share === null ? {} : { value: share })} />;
}

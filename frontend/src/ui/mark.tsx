/// Parley's mark: two voices, one answering inside the other's opening.
export function Mark({ className = "size-6" }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className} fill="none" aria-hidden="true">
      <path
        d="M5 20.5V11a7.5 7.5 0 0 1 7.5-7.5h0A7.5 7.5 0 0 1 20 11v0a7.5 7.5 0 0 1-7.5 7.5H9.5"
        stroke="currentColor"
        strokeWidth="2.25"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="12.5" cy="11" r="2.5" fill="var(--accent)" />
    </svg>
  );
}

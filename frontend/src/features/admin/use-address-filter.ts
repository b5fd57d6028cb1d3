import { useCallback } from "react";
import { useSearchParams } from "react-router";

/// What is looked for stands in the address, so that it can be gone back to and passed on.
export function useAddressFilter() {
  const [search, setSearch] = useSearchParams();
  /// Null takes it out.
  const change = useCallback(
    (changes: Record<string, string | null>) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === "") next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return { search, change };
}

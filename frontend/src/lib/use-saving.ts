import { useEffect, useState } from "react";
import { ApiError } from "@/api/api-error";

const saidMillis = 2_500;

/// Saves, and knows whether that is under way, has just been done, or was refused.
export function useSaving<T = void>(save: (value: T) => Promise<void>) {
  const [state, setState] = useState<"rest" | "busy" | "saved">("rest");
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    if (state !== "saved") return;
    const timer = setTimeout(() => setState("rest"), saidMillis);
    return () => clearTimeout(timer);
  }, [state]);

  /// @returns whether it worked
  const run = async (value: T): Promise<boolean> => {
    setState("busy");
    setError(null);
    try {
      await save(value);
      setState("saved");
      return true;
    } catch (failure) {
      setState("rest");
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
      return false;
    }
  };
  return { busy: state === "busy", saved: state === "saved", error, run };
}

import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/api-error";

/// Sends a form's fields and keeps what the server said of them.
export function useForm(send: (fields: Record<string, string>) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const entries = [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]);
    setBusy(true);
    setError(null);
    try {
      await send(Object.fromEntries(entries));
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
    } finally {
      setBusy(false);
    }
  };
  const field = (name: string) => error?.field(name) ?? null;
  return { busy, error, field, onSubmit };
}

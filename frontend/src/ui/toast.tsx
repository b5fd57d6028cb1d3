import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { create } from "zustand";
import { newId } from "@/lib/new-id";
import { IconButton } from "./icon-button";

interface Toast {
  id: string;
  sentence: string;
  action?: { label: string; run: () => void };
  /// Infinite for one that stays until it is answered.
  shownMillis: number;
}

const usualMillis = 7_000;
/// How long what was done can be undone from here.
export const undoMillis = 10_000;
const most = 3;

const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }));

/// Says something in passing. What a person must not miss belongs where it happened instead.
export function toast(sentence: string, action?: Toast["action"], { shownMillis = usualMillis } = {}) {
  useToasts.setState(({ toasts }) => {
    const kept = toasts.filter((one) => one.shownMillis === Number.POSITIVE_INFINITY);
    const passing = toasts.filter((one) => !kept.includes(one)).slice(1 - most);
    return { toasts: [...kept, ...passing, { id: newId(), sentence, action, shownMillis }] };
  });
}

const dismiss = (id: string) =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((one) => one.id !== id) }));

export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-[calc(env(safe-area-inset-bottom)+6.5rem)] z-50 grid justify-items-center gap-2"
    >
      {toasts.map((one) => (
        <ToastCard key={one.id} toast={one} />
      ))}
    </div>
  );
}

/// One that somebody points at or has reached by keyboard waits for them.
function ToastCard({ toast: { id, sentence, action, shownMillis } }: { toast: Toast }) {
  const { t } = useLingui();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || shownMillis === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(() => dismiss(id), shownMillis);
    return () => clearTimeout(timer);
  }, [id, held, shownMillis]);
  const act = () => {
    action?.run();
    dismiss(id);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done here, it is only seen to be looked at.
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="rise pointer-events-auto flex max-w-md items-center gap-2 rounded-control border border-line bg-raised py-1 ps-4 pe-1 shadow-float"
    >
      <p className="py-1.5 text-base">{sentence}</p>
      {action !== undefined && (
        <button
          type="button"
          onClick={act}
          className="min-h-8 touch:min-h-11 rounded-control px-2.5 font-medium text-accent hover:bg-hover"
        >
          {action.label}
        </button>
      )}
      <IconButton label={t`Dismiss`} onClick={() => dismiss(id)}>
        <X />
      </IconButton>
    </div>
  );
}

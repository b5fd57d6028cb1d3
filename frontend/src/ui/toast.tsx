import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { useEffect } from "react";
import { create } from "zustand";
import { newId } from "@/lib/new-id";
import { IconButton } from "./icon-button";

interface Toast {
  id: string;
  sentence: string;
  action?: { label: string; run: () => void };
  /// Stays until it is answered.
  lasting?: boolean;
}

const shownMillis = 7_000;
const most = 3;

const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }));

/// Says something in passing. What a person must not miss belongs where it happened instead.
export function toast(sentence: string, action?: Toast["action"], { lasting = false } = {}) {
  useToasts.setState(({ toasts }) => {
    const kept = toasts.filter((one) => one.lasting);
    const passing = toasts.filter((one) => !one.lasting).slice(1 - most);
    return { toasts: [...kept, ...passing, { id: newId(), sentence, action, lasting }] };
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

function ToastCard({ toast: { id, sentence, action, lasting } }: { toast: Toast }) {
  const { t } = useLingui();
  useEffect(() => {
    if (lasting) return;
    const timer = setTimeout(() => dismiss(id), shownMillis);
    return () => clearTimeout(timer);
  }, [id, lasting]);
  const act = () => {
    action?.run();
    dismiss(id);
  };
  return (
    <div className="rise pointer-events-auto flex max-w-md items-center gap-2 rounded-control border border-line bg-raised py-1 ps-4 pe-1 shadow-float">
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

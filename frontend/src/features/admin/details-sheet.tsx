import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/ui/icon-button";
import { Sheet } from "@/ui/sheet";

interface DetailsSheetProps {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/// What there is to know and to decide about one row.
export function DetailsSheet({ open, title, onClose, children }: DetailsSheetProps) {
  const { t } = useLingui();
  return (
    <Sheet side="end" open={open} title={title} onClose={onClose}>
      <div className="h-full overflow-y-auto p-5">
        <div className="flex justify-end">
          <IconButton label={t`Close`} onClick={onClose}>
            <X />
          </IconButton>
        </div>
        {children}
      </div>
    </Sheet>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0 wrap-anywhere tabular-nums">{children}</dd>
    </>
  );
}

export function Facts({ children }: { children: ReactNode }) {
  return <dl className="mt-5 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">{children}</dl>;
}

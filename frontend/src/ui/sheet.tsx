import * as RadixDialog from "@radix-ui/react-dialog";
import { type ReactNode, type TouchEvent, useRef } from "react";
import { useDirection } from "@/lib/language";
import { useReturnedFocus } from "./use-returned-focus";

interface SheetProps {
  open: boolean;
  title: string;
  /// Where it stands: at the start for what leads elsewhere, at the end for the details of what lies under it.
  side?: "start" | "end";
  onClose: () => void;
  children: ReactNode;
}

const sides = {
  start: "sheet start-0 w-[min(19rem,86vw)] bg-sidebar",
  end: "appear end-0 w-[min(26rem,100vw)] bg-raised",
};

const swipePixels = 56;

/// A panel from the side for narrow screens. A swipe back closes it, as do Escape and a touch beside it.
export function Sheet({ open, title, side = "start", onClose, children }: SheetProps) {
  const towardsItsEdge = (useDirection() === "rtl") === (side === "start") ? -1 : 1;
  const giveFocusBack = useReturnedFocus(open);
  const panel = useRef<HTMLDivElement>(null);
  const start = useRef<{ x: number; y: number } | null>(null);
  const onTouchStart = ({ touches }: TouchEvent) => {
    const touch = touches[0];
    start.current = touch === undefined ? null : { x: touch.clientX, y: touch.clientY };
  };
  const onTouchEnd = ({ changedTouches }: TouchEvent) => {
    const touch = changedTouches[0];
    if (touch === undefined || start.current === null) return;
    const back = towardsItsEdge * (start.current.x - touch.clientX);
    if (back > swipePixels && back > 2 * Math.abs(start.current.y - touch.clientY)) onClose();
  };
  return (
    <RadixDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="appear fixed inset-0 z-40 bg-scrim" />
        <RadixDialog.Content
          aria-describedby={undefined}
          // The first button would show its tooltip, and a search box would raise the keyboard.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            panel.current?.focus();
          }}
          onCloseAutoFocus={giveFocusBack}
          ref={panel}
          onTouchStart={onTouchStart}
          onTouchEnd={onTouchEnd}
          className={`fixed inset-y-0 z-40 shadow-float focus:outline-none ${sides[side]}`}
        >
          <RadixDialog.Title className="sr-only">{title}</RadixDialog.Title>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

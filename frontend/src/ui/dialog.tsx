import * as RadixDialog from "@radix-ui/react-dialog";
import type { ReactNode } from "react";
import { useReturnedFocus } from "./use-returned-focus";

interface DialogProps {
  open: boolean;
  title: string;
  description?: ReactNode;
  /// Absent for a dialog that must be answered.
  onClose?: () => void;
  children: ReactNode;
}

export function Dialog({ open, title, description, onClose, children }: DialogProps) {
  const giveFocusBack = useReturnedFocus(open);
  const stay = (event: Event) => {
    if (onClose === undefined) event.preventDefault();
  };
  return (
    <RadixDialog.Root open={open} onOpenChange={(next) => !next && onClose?.()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="appear fixed inset-0 z-40 bg-scrim" />
        <RadixDialog.Content
          onCloseAutoFocus={giveFocusBack}
          onEscapeKeyDown={stay}
          onPointerDownOutside={stay}
          onInteractOutside={stay}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          className="rise fixed inset-x-4 top-[12dvh] z-40 mx-auto max-h-[80dvh] max-w-md overflow-y-auto rounded-panel bg-raised p-6 shadow-float focus:outline-none"
        >
          <RadixDialog.Title className="text-title font-semibold">{title}</RadixDialog.Title>
          {description !== undefined && (
            <RadixDialog.Description className="mt-1 text-base text-quiet">
              {description}
            </RadixDialog.Description>
          )}
          <div className="mt-5">{children}</div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

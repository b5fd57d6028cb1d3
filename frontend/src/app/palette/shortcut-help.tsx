import { useLingui } from "@lingui/react/macro";
import type { Keys } from "@/lib/keys";
import { Dialog } from "@/ui/dialog";
import { KeyCaps } from "@/ui/key-caps";
import { closeOverlay } from "../overlays";
import { shortcuts } from "../shortcuts";

/// All keys that do something, by where they do it.
export function ShortcutHelp() {
  const { t } = useLingui();
  const groups: { name: string; lines: [string, Keys][] }[] = [
    {
      name: t`Everywhere`,
      lines: [
        [t`Search chats and commands`, shortcuts.palette],
        [t`New chat`, shortcuts.newChat],
        [t`Show or hide the chats`, shortcuts.sidebar],
        [t`Keyboard shortcuts`, shortcuts.help],
      ],
    },
    {
      name: t`In the message box`,
      lines: [
        [t`Send`, { key: "enter" }],
        [t`New line`, { shift: true, key: "enter" }],
      ],
    },
    {
      name: t`In lists and menus`,
      lines: [
        [t`Previous entry`, { key: "arrowup" }],
        [t`Next entry`, { key: "arrowdown" }],
        [t`Close or give up`, { key: "escape" }],
      ],
    },
  ];
  return (
    <Dialog open title={t`Keyboard shortcuts`} onClose={closeOverlay}>
      <div className="grid gap-5">
        {groups.map(({ name, lines }) => (
          <section key={name}>
            <h3 className="text-small font-medium text-quiet">{name}</h3>
            <dl className="mt-1.5 grid gap-1">
              {lines.map(([what, keys]) => (
                <div key={what} className="flex min-h-8 items-center justify-between gap-4">
                  <dt>{what}</dt>
                  <dd>
                    <KeyCaps keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

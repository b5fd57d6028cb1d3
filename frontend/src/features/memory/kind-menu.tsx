import { useLingui } from "@lingui/react/macro";
import { ChevronDown } from "lucide-react";
import type { MemoryKind } from "@/api/types";
import { buttonClass } from "@/ui/button";
import { Menu, MenuChoice } from "@/ui/menu";
import { useMemoryWords } from "./memory-words";

interface KindMenuProps {
  value: MemoryKind | null;
  onChange: (kind: MemoryKind | null) => void;
  /// What no choice is called, where that is one.
  all?: string;
}

export function KindMenu({ value, onChange, all }: KindMenuProps) {
  const { t } = useLingui();
  const { kinds } = useMemoryWords();
  const options = Object.entries(kinds).map(([kind, label]) => ({ value: kind, label }));
  if (all !== undefined) options.unshift({ value: "", label: all });
  return (
    <Menu
      trigger={
        <button type="button" aria-label={t`Kind`} className={buttonClass("plain")}>
          {value === null ? all : kinds[value]}
          <ChevronDown className="size-4" aria-hidden="true" />
        </button>
      }
    >
      <MenuChoice
        value={value ?? ""}
        options={options}
        onChange={(kind) => onChange(kind === "" ? null : (kind as MemoryKind))}
      />
    </Menu>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { LogOut, Settings, ShieldUser } from "lucide-react";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { signOut, useAuth } from "@/lib/session";
import { Menu, MenuItem, MenuSeparator } from "@/ui/menu";
import { toast } from "@/ui/toast";

/// @param children more of what can be done, between the settings and the way out
export function AccountMenu({ children }: { children?: ReactNode }) {
  const { t } = useLingui();
  const { user } = useAuth();
  const navigate = useNavigate();
  if (user === null) return null;
  const name = [user.first_name, user.last_name].filter(Boolean).join(" ") || user.username;
  const leave = () =>
    void signOut().catch((error: unknown) =>
      toast(error instanceof Error ? error.message : t`You could not be signed out.`),
    );
  return (
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          aria-label={t`Account: ${name}`}
          className="flex min-h-11 w-full items-center gap-2.5 rounded-control px-2 text-start transition-colors hover:bg-hover data-[state=open]:bg-hover"
        >
          <span
            aria-hidden="true"
            className="grid size-7 shrink-0 place-items-center rounded-full bg-hover text-small font-semibold uppercase"
          >
            {name.slice(0, 1)}
          </span>
          <span className="truncate text-base">{name}</span>
        </button>
      }
    >
      <p className="max-w-60 truncate px-2.5 py-1.5 text-small text-quiet">{user.email}</p>
      <MenuItem icon={<Settings />} onSelect={() => void navigate("/settings")}>
        <Trans>Settings</Trans>
      </MenuItem>
      {user.is_staff && (
        <MenuItem icon={<ShieldUser />} onSelect={() => void navigate("/admin")}>
          <Trans>Administration</Trans>
        </MenuItem>
      )}
      {children}
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={leave}>
        <Trans>Sign out</Trans>
      </MenuItem>
    </Menu>
  );
}

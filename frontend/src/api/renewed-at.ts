import type { RenewedAt } from "./session-renewal";

const name = "parley_renewed_at";

/// A cookie, for the next tab in turn must see what the one before it wrote: what is written to
/// localStorage reaches another tab's process a moment later, the cookies are the browser's own.
export const renewedAtCookie: RenewedAt = {
  read() {
    const cookie = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
    return Number(cookie?.slice(name.length + 1) ?? 0);
  },

  write(millis) {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is missing on plain HTTP, and must not be late.
    document.cookie = `${name}=${millis}; Path=/; SameSite=Lax${secure}`;
  },
};

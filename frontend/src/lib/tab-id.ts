import { newId } from "./new-id";

/// This tab's name, the same after a reload.
export const tabId: string = (() => {
  try {
    const known = sessionStorage.getItem("parley.tab");
    if (known !== null) return known;
    const fresh = newId();
    sessionStorage.setItem("parley.tab", fresh);
    return fresh;
  } catch {
    return newId();
  }
})();

import { call } from "./http";
import type { ChatImport, Page } from "./types";
import { telling } from "./upload";

/// Sends a file whose chats are taken over in the background.
/// @param remember whether they may be recalled in other chats
/// @param told how much of the file has left, from 0 to 1
export function importChats(
  file: File,
  remember: boolean,
  told: (share: number) => void,
): Promise<ChatImport> {
  const form = new FormData();
  form.append("file", file, "chats");
  return call<ChatImport>("POST", "/api/v1/imports/", {
    body: form,
    query: { remember },
    transport: telling(told),
  });
}

/// The newest first.
export const fetchImports = async () =>
  (await call<Page<ChatImport>>("GET", "/api/v1/imports/", { query: { limit: 5 } })).items;

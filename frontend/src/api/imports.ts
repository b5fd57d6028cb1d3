import { call } from "./http";
import type { ChatImport, Page } from "./types";

/// Sends a file whose chats are taken over in the background.
/// @param remember whether they may be recalled in other chats
export function importChats(file: File, remember: boolean): Promise<ChatImport> {
  const form = new FormData();
  form.append("file", file, "chats");
  return call<ChatImport>("POST", "/api/v1/imports/", { body: form, query: { remember } });
}

/// The newest first.
export const fetchImports = async () =>
  (await call<Page<ChatImport>>("GET", "/api/v1/imports/", { query: { limit: 5 } })).items;

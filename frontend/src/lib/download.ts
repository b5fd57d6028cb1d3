import { fetchMe } from "@/api/auth";
import { onServer } from "@/api/server-address";

/// Has the browser itself take a file of the API, which may be large. It cannot renew a session that has grown old
/// meanwhile, and would keep the refusal as the file.
export async function download(path: string) {
  await fetchMe();
  const link = document.createElement("a");
  link.href = onServer(path);
  link.download = "";
  link.click();
}

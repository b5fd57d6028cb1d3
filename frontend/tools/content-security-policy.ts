import { createHash } from "node:crypto";
import type { Plugin } from "vite";

const inlineScript = /<script>([\s\S]*?)<\/script>/g;

/// The server allows inline scripts by hash alone. The hashes are taken from the finished page, so
/// that an edited theme script can never be refused by a forgotten constant.
export function contentSecurityPolicy(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const page = bundle["index.html"];
      if (page?.type !== "asset") throw new Error("index.html is not in the bundle");
      const hashes = [...String(page.source).matchAll(inlineScript)].map(
        ([, script = ""]) => `sha256-${createHash("sha256").update(script).digest("base64")}`,
      );
      this.emitFile({
        type: "asset",
        fileName: "csp.json",
        source: `${JSON.stringify({ script_hashes: hashes })}\n`,
      });
    },
  };
}

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Plugin, type Rolldown, transformWithOxc } from "vite";

const source = new URL("../worker/service-worker.ts", import.meta.url);

/// What opens without a network: every page, and how an answer is shown. What else somebody uses is kept when
/// they use it.
const isWanted = ({ isEntry, facadeModuleId }: Rolldown.OutputChunk) =>
  isEntry ||
  /\/src\/(app\/routes\/[^/]+|features\/chat\/message-list|ui\/markdown\/message-markdown)\.tsx$/.test(
    facadeModuleId ?? "",
  );

/// Writes the service worker, with the names of the files of this build.
export function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    enforce: "post",
    async generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const entry = chunks.find(({ isEntry }) => isEntry);
      const page = bundle["index.html"];
      if (entry === undefined || page?.type !== "asset") throw new Error("The app is not in the bundle.");
      const files = new Set<string>();
      const add = (name: string) => {
        const chunk = bundle[name];
        if (chunk?.type !== "chunk" || files.has(name)) return;
        files.add(name);
        for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css);
        for (const imported of chunk.imports) add(imported);
      };
      for (const chunk of chunks) if (isWanted(chunk)) add(chunk.fileName);

      const { code } = await transformWithOxc(await readFile(source, "utf8"), source.pathname);
      const names = [...files].sort().map((name) => `/${name}`);
      const version = createHash("sha256")
        .update(code + names.join() + page.source)
        .digest("hex")
        .slice(0, 12);
      const release = JSON.stringify({ version, files: names, entry: `/${entry.fileName}` });
      this.emitFile({ type: "asset", fileName: "sw.js", source: `const release = ${release};\n${code}` });
    },
  };
}

import { transformAsync } from "@babel/core";
import type { Plugin } from "vite";

/// Lingui's macro is a Babel plugin. React's plugin compiles without Babel, so only the files that
/// name Lingui take this detour.
export function linguiMacro(): Plugin {
  return {
    name: "lingui-macro",
    enforce: "pre",
    transform: {
      filter: { id: /\/src\/.*\.tsx?$/, code: /@lingui\/(?:core|react)\/macro/ },
      async handler(code, id) {
        const result = await transformAsync(code, {
          filename: id,
          babelrc: false,
          configFile: false,
          sourceMaps: true,
          parserOpts: { plugins: ["typescript", "jsx"] },
          plugins: ["@lingui/babel-plugin-lingui-macro"],
        });
        if (!result?.code) throw new Error(`Babel returned nothing for ${id}`);
        return { code: result.code, map: result.map };
      },
    },
  };
}

import type { Plugin } from "vite";

const face = /inter-latin-wght-normal[^/]*\.woff2$/;

/// The page asks for its letters with its first bytes, and not when a style sheet that names them has come.
export function earlyFont(): Plugin {
  return {
    name: "early-font",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle = {} }) {
        const file = Object.keys(bundle).find((name) => face.test(name));
        if (file === undefined) throw new Error("The font is not in the bundle.");
        const attrs = { rel: "preload", as: "font", type: "font/woff2", href: `/${file}`, crossorigin: "" };
        return [{ tag: "link", attrs, injectTo: "head" }];
      },
    },
  };
}

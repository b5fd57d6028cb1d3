/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";
import { lingui } from "@lingui/vite-plugin";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { contentSecurityPolicy } from "./tools/content-security-policy.ts";
import { earlyFont } from "./tools/early-font.ts";
import { linguiMacro } from "./tools/lingui-macro.ts";
import { materials } from "./tools/materials.ts";
import { serviceWorker } from "./tools/service-worker.ts";

const backend = `http://127.0.0.1:${process.env.PORT ?? 8000}`;

export default defineConfig({
  plugins: [
    linguiMacro(),
    react(),
    lingui(),
    tailwindcss(),
    earlyFont(),
    contentSecurityPolicy(),
    serviceWorker(),
    materials(),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  build: {
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      output: {
        // What libraries say to their developers is nothing to people. Errors are reported without it.
        minify: { compress: { dropConsole: true } },
        codeSplitting: {
          groups: [
            // What several pages share is one file: in a dozen small ones it compresses worse.
            {
              name: "common",
              test: /src\/(ui|lib|api)\/(?!markdown|finder|key-caps|usage-spans|passkeys|ways-in|entrance)|lucide|zustand/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/api": { target: backend },
      "/docs": { target: backend },
      "/health": { target: backend },
      "/ws": { target: backend, ws: true },
    },
  },
  test: { include: ["src/**/*.test.ts", "src/**/*.test.tsx"], environment: "node" },
});

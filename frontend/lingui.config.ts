import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "de"],
  catalogs: [{ path: "<rootDir>/src/locales/{locale}", include: ["src"], exclude: ["**/*.test.*"] }],
  // Line numbers would change the catalogue with every edit above a sentence.
  format: formatter({ lineNumbers: false, origins: false, printPlaceholdersInComments: false }),
});

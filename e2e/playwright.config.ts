import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { defineConfig } from "@playwright/test";

/// The system's own browser where there is one, else the one that Playwright installs.
const browser = [
  process.env.PARLEY_BROWSER,
  ...["chromium", "chromium-browser", "google-chrome"].flatMap((name) =>
    (process.env.PATH ?? "").split(delimiter).map((directory) => join(directory, name)),
  ),
].find((path) => path !== undefined && existsSync(path));

export default defineConfig({
  globalSetup: "./servers/global-setup.ts",
  outputDir: "test-results",
  // The servers share the machine with the browser; a second one only makes both wait.
  workers: 1,
  // A machine that builds for others may stall a browser for seconds. What passes at a later try is named in the
  // counts; where a person looks on, it is a failure.
  retries: process.env.CI === undefined ? 0 : 2,
  forbidOnly: process.env.CI !== undefined,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    actionTimeout: 15_000,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    // What a worker answers, no story can hold back. Those about the worker let it in.
    serviceWorkers: "block",
    launchOptions: {
      executablePath: browser,
      chromiumSandbox: process.getuid?.() !== 0,
      // The browser itself talks to nobody.
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-first-run",
        "--no-pings",
      ],
    },
  },
  projects: [
    { name: "stories", testDir: "stories" },
    { name: "pictures", testDir: "pictures" },
    { name: "measurements", testDir: "measurements", timeout: 600_000, retries: 0, use: { trace: "off" } },
  ],
});

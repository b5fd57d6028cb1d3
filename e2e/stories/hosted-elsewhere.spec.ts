import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningServer, startServer } from "../servers/start.ts";
import { StaticHost } from "../servers/static-host.ts";
import {
  answered,
  answers,
  ask,
  expect,
  messageBox,
  newEmail,
  password,
  test,
  whenConnected,
} from "./support.ts";

const frontend = join(import.meta.dirname, "../../frontend");

let app: string;
let host: StaticHost;
let server: RunningServer;
let origin: string;
/// Another origin of the same site: the browsers of the stories keep no cookies of other sites, as private windows do.
let api: string;

test.beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), "parley-app-"));
  host = new StaticHost(app);
  origin = await host.start();
  server = await startServer("elsewhere", {
    PARLEY_RATE_LIMITS: "off",
    CORS_ALLOWED_ORIGINS: origin,
    PARLEY_COOKIE_SAMESITE: "none",
  });
  api = server.address.replace("127.0.0.1", "localhost");
  execFileSync("npx", ["vite", "build", "--logLevel=error", "--emptyOutDir", "--outDir", app], {
    cwd: frontend,
    env: { ...process.env, VITE_API_URL: `${api}/api/v1` },
    stdio: "inherit",
  });
});

test.afterAll(async () => {
  await server?.stop();
  await host?.stop();
  await rm(app, { recursive: true, force: true });
});

test("the web app may come from another origin than the API", async ({ page }) => {
  const connected = whenConnected(page);
  await page.goto(`${origin}/register`);
  await page.getByLabel("Email").fill(newEmail());
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(messageBox(page)).toBeFocused();
  await connected;

  await ask(page, "How do I configure a model?");
  await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);
  await answered(page);
  const answer = await answers(page).textContent();
  await page.reload();
  await expect(answers(page)).toHaveText(String(answer));

  await page.goto(`${origin}/settings/data`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export everything" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("parley-export.json");
});

test("a site that was not named gets nothing with its visitors' cookies", async ({
  page,
  context,
  browser,
}) => {
  await page.goto(`${origin}/register`);
  await page.getByLabel("Email").fill(newEmail());
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(messageBox(page)).toBeFocused();

  const stranger = new StaticHost(app);
  const theirs = await stranger.start();
  const sameBrowser = await browser.newContext({ storageState: await context.storageState() });
  const visit = await sameBrowser.newPage();
  await visit.goto(`${theirs}/favicon.svg`);
  const read = await visit.evaluate(
    (address) =>
      fetch(`${address}/api/v1/auth/me`, { credentials: "include" }).then(
        (response) => `read, ${response.status}`,
        () => "refused",
      ),
    api,
  );
  expect(read).toBe("refused");
  await sameBrowser.close();
  await stranger.stop();
});

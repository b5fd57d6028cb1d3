import { expect, newEmail, password, test } from "./support.ts";

/// As its settings have it the server is at this name, and not at its number.
const named = (baseURL: string | undefined) => String(baseURL).replace("127.0.0.1", "localhost");

test("who comes from a provider gets where they were going, needs no password, and may set one", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const email = newEmail();
  const here = named(baseURL);
  await page.goto(`${here}/login?next=${encodeURIComponent("/settings/password")}`);
  await page.getByRole("button", { name: "Continue with Campus" }).click();
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page.getByRole("alert")).toHaveText("Signing in was given up there. You can begin again.");

  await page.goto(`${here}/register?next=${encodeURIComponent("/settings/password")}`);
  await page.getByRole("button", { name: "Continue with Campus" }).click();
  await page.getByLabel("Who are you?").fill(email);
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page).toHaveURL(`${here}/settings/password`);
  await expect(page.getByText(`${email} · Last used`)).toBeVisible();

  await page.getByRole("button", { name: /^Disconnect/ }).click();
  await expect(page.getByText("This is the only way into your account. Set a password first.")).toBeVisible();
  await expect(page.getByText("That you signed in within the last ten minutes is enough.")).toBeVisible();
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByLabel("Current password")).toBeVisible();
  await page.getByRole("button", { name: /^Disconnect/ }).click();
  await expect(page.getByRole("button", { name: "Connect with Campus" })).toBeVisible();
  await page.getByRole("button", { name: "Connect with Campus" }).click();
  await page.getByLabel("Who are you?").fill(email);
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByText(`${email} · Last used`)).toBeVisible();
});

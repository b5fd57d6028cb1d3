import { expect, expectNoViolations, newEmail, password, test } from "./support.ts";

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

test("a passkey is added, signs in with nothing else, and is removed", async ({ page, context, baseURL }) => {
  test.slow();
  const here = named(baseURL);
  const browser = await context.newCDPSession(page);
  await browser.send("WebAuthn.enable");
  await browser.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const registered = await context.request.post(`${here}/api/v1/auth/register`, {
    data: { email: newEmail(), password },
  });
  expect(registered.status()).toBe(201);

  await page.goto(`${here}/settings/passkeys`);
  const passkeys = page.locator("section").filter({ has: page.getByRole("heading", { name: "Passkeys" }) });
  await passkeys.getByRole("button", { name: "New passkey" }).click();
  const wish = page.getByRole("dialog", { name: "New passkey" });
  await expect(wish).toBeVisible();
  await expectNoViolations(page, "new passkey");
  await wish.getByLabel("Your password").fill("not the password");
  await wish.getByLabel("Name").fill("My laptop");
  await wish.getByRole("button", { name: "Add passkey" }).click();
  await expect(wish.getByText("This is not your password.")).toBeVisible();
  await wish.getByLabel("Your password").fill(password);
  await wish.getByRole("button", { name: "Add passkey" }).click();
  await expect(passkeys.getByRole("listitem")).toHaveText([/My laptop.*Never used/]);
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await context.clearCookies();
  await page.goto(`${here}/login?next=${encodeURIComponent("/settings/passkeys")}`);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(passkeys.getByRole("listitem")).toHaveText([/My laptop.*Last used/]);

  await passkeys.getByRole("button", { name: "Remove the passkey My laptop" }).click();
  await page.getByRole("button", { name: "Remove passkey", exact: true }).click();
  await expect(passkeys.getByRole("listitem")).toHaveCount(0);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await context.clearCookies();
  await page.goto(`${here}/login`);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByText("This passkey opens no account here.")).toBeVisible();
});

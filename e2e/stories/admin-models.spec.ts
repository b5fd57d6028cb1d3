import { expect, expectNoViolations, test } from "./support.ts";

const key = "a-key-that-is-never-shown-again-4f2a";

test("an operator adds a provider, whose model answers, and takes it away again", async ({
  account,
  model,
  operator,
}) => {
  const name = `added-${account.email.slice(7, 15)}`;
  const own = `${name}/a-model-of-its-own`;
  await operator.goto("/admin/models");
  await expect(operator.getByRole("button", { name: "openai", exact: true })).toBeVisible();
  await expect(operator.getByRole("region", { name: "Models" })).toBeVisible();
  await expectNoViolations(operator, "models");

  await operator.getByRole("button", { name: "Add a provider" }).click();
  const sheet = operator.getByRole("dialog", { name: "A new provider" });
  await sheet.getByLabel("Name", { exact: true }).fill(name);
  await sheet.getByLabel("Address").fill(`${model.address}/v1`);
  await sheet.getByLabel("Key", { exact: true }).fill(key);
  await sheet.getByLabel("Models", { exact: true }).fill("a-model-of-its-own");
  await expectNoViolations(operator, "a new provider", (axe) => axe.include("[role=dialog]"));
  await sheet.getByRole("button", { name: "Add the provider" }).click();

  const added = operator.getByRole("dialog", { name: "A provider of models" });
  await expect(added.getByText("One is set that ends in 4f2a.")).toBeVisible();
  await added.getByRole("button", { name: "Test the connection" }).click();
  await expect(added.getByRole("status").first()).toContainText(`It works: ${own} answered`);
  await expectNoViolations(operator, "a provider", (axe) => axe.include("[role=dialog]"));
  await added.getByRole("button", { name: "Close" }).click();

  const offered = async () => {
    const { data } = await (await account.api.get("/api/v1/models/")).json();
    return data.items.some(({ id }: { id: string }) => id === own);
  };
  await operator.getByRole("searchbox").fill(name);
  const offer = operator.getByRole("checkbox", { name: `Offer ${own}` });
  await expect(offer).toBeChecked();
  expect(await offered()).toBe(true);
  await offer.click();
  await expect.poll(offered).toBe(false);

  await operator.getByRole("button", { name: own }).click();
  const limits = operator.getByRole("dialog", { name: "A model" });
  await limits.getByLabel("Longest answer, in tokens").fill("321");
  await limits.getByRole("button", { name: "Save" }).click();
  await expect(limits.getByText("Saved")).toBeVisible();
  await limits.getByRole("button", { name: "Close" }).click();
  await expect(operator.getByRole("row").filter({ hasText: own })).toContainText("321");

  await operator.getByRole("button", { name, exact: true }).click();
  await added.getByRole("button", { name: "Remove", exact: true }).click();
  await operator.getByRole("button", { name: "Remove the provider" }).click();
  await expect(operator.getByRole("button", { name, exact: true })).toHaveCount(0);
  expect(await operator.content()).not.toContain(key);
});

test("an operator sets something over the environment, and takes it back", async ({ operator }) => {
  await operator.goto("/admin/settings");
  const setting = operator.getByRole("listitem").filter({ hasText: "PARLEY_MEMORY_TOKENS" });
  await expect(setting).toContainText("it is the default");
  await expectNoViolations(operator, "settings");

  await setting.getByLabel("Room for memory", { exact: true }).fill("1001");
  await setting.getByRole("button", { name: "Save" }).click();
  await expect(setting).toContainText("Set here by");
  await operator.reload();
  await expect(setting.getByLabel("Room for memory", { exact: true })).toHaveValue("1001");

  await setting.getByRole("button", { name: "Take back" }).click();
  await expect(setting).toContainText("it is the default");
  await expect(setting.getByLabel("Room for memory", { exact: true })).toHaveValue("1000");
});

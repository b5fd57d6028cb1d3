import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { answered, askInNewChat, chatLink, expect, newQuestion, test } from "./support.ts";

const textOf = async (download: Download) => readFile(await download.path(), "utf8");

const exported = async (page: Page, title: string, format: RegExp): Promise<Download> => {
  await chatLink(page, title).hover();
  await page.getByRole("button", { name: `Options for ${title}` }).click();
  await page.getByRole("menuitem", { name: "Export…" }).click();
  const dialog = page.getByRole("dialog", { name: "Export this chat" });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: format }).click(),
  ]);
  await expect(dialog).toBeHidden();
  return download;
};

test("a chat is taken along to be read or to be kept, and all of them at once", async ({ page, account }) => {
  const question = newQuestion("What do I take along?");
  await askInNewChat(page, question);
  await answered(page);
  const { data } = await (await account.api.get("/api/v1/chats/")).json();
  await account.api.patch(`/api/v1/chats/${data.items[0].id}/`, { data: { title: "Luggage" } });

  const markdown = await exported(page, "Luggage", /^Markdown/);
  const json = await exported(page, "Luggage", /^JSON/);

  expect(markdown.suggestedFilename()).toBe("Luggage.md");
  expect(await textOf(markdown)).toContain(`## You\n\n${question}\n`);
  expect(json.suggestedFilename()).toBe("Luggage.json");
  expect(JSON.parse(await textOf(json)).messages[0].content).toBe(question);

  await page.goto("/settings/data");
  const [all] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export as Markdown" }).click(),
  ]);
  expect(all.suggestedFilename()).toBe("parley-export.zip");
});

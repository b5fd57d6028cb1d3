import { expect, sidebar, test } from "./support.ts";

/// A chat as ChatGPT exports it, the second answer to whose question is the one in sight.
const chatOfChatGpt = (id: string, title: string) => {
  const message = (role: string, text: string) => ({
    author: { role },
    create_time: 1_700_000_000,
    content: { content_type: "text", parts: [text] },
    recipient: "all",
    metadata: {},
  });
  return {
    id,
    title,
    create_time: 1_700_000_000,
    current_node: `${id}-other`,
    mapping: {
      root: { id: "root", parent: null, children: [], message: null },
      [`${id}-ask`]: { id: `${id}-ask`, parent: "root", message: message("user", `What about ${title}?`) },
      [`${id}-one`]: {
        id: `${id}-one`,
        parent: `${id}-ask`,
        message: message("assistant", "The first answer"),
      },
      [`${id}-other`]: {
        id: `${id}-other`,
        parent: `${id}-ask`,
        message: message("assistant", "Another answer"),
      },
    },
  };
};

test("chats are brought along from ChatGPT with every version, and not twice", async ({ page, account }) => {
  const file = {
    name: "conversations.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify([chatOfChatGpt("a", "Lighthouses"), chatOfChatGpt("b", "Harbours")])),
  };
  expect(account.email).not.toBe("");
  await page.goto("/settings/import");
  await expect(page.getByRole("heading", { name: "Import chats" })).toBeFocused();

  await page.getByLabel("A file with chats").setInputFiles(file);
  await expect(page.getByText("2 chats imported, of 2 in the file.")).toBeVisible({ timeout: 60_000 });
  await page.getByLabel("A file with chats").setInputFiles(file);
  await expect(page.getByText("2 chats are here already.")).toBeVisible({ timeout: 60_000 });

  await page.goto("/chat");
  await sidebar(page).getByRole("link", { name: "Lighthouses" }).click();
  await expect(page.getByText("What about Lighthouses?")).toBeVisible();
  await expect(page.getByText("Another answer")).toBeVisible();
  await page.getByRole("button", { name: "Previous version" }).first().click();
  await expect(page.getByText("The first answer")).toBeVisible();
});

test("a file that is none says why", async ({ page, account }) => {
  expect(account.email).not.toBe("");
  await page.goto("/settings/import");
  await page.getByLabel("A file with chats").setInputFiles({
    name: "notes.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("These are no chats."),
  });
  await expect(page.getByText("This is neither JSON nor a ZIP archive.")).toBeVisible({ timeout: 60_000 });
});

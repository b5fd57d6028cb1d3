import { askInNewChat, chatLink, expect, test, whenConnected } from "./support.ts";

test.use({ breakable: true });

test("what is read again and is still the same does not travel again, and is shown all the same", async ({
  page,
  account,
  line,
}) => {
  const question = "What is a tide?";
  const connected = whenConnected(page);
  await askInNewChat(page, question);
  await connected;
  await expect(chatLink(page, question)).toBeVisible();
  const lists: number[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname === "/api/v1/chats/") lists.push(response.status());
  });
  // Whenever the live connection is found again, the page looks for what it may have missed.
  const reconnect = async () => {
    const again = whenConnected(page);
    line.cut();
    line.mend();
    await again;
  };
  await reconnect();
  await expect.poll(() => lists.length).toBeGreaterThan(0);
  await reconnect();
  await expect.poll(() => lists.at(-1)).toBe(304);
  await expect(chatLink(page, question)).toBeVisible();

  // A change from elsewhere is another answer.
  const { data } = await (await account.api.get("/api/v1/chats/")).json();
  await account.api.patch(`/api/v1/chats/${data.items[0].id}/`, { data: { title: "Something else" } });
  await reconnect();
  await expect(chatLink(page, "Something else")).toBeVisible();
  await reconnect();
  await expect.poll(() => lists.at(-1)).toBe(304);
});

import type { Page } from "@playwright/test";
import { answers, ask, expect, messageBox, questions, sidebar } from "../stories/support.ts";
import type { Seed } from "./seed.ts";

/// Nobody is signed in, a person who has just come, one who has been here for long, or who looks after the instance.
export type Viewer = "visitor" | "newcomer" | "regular" | "operator";

interface Scene {
  name: string;
  as: Viewer;
  show: (page: Page, seed: Seed, width: number) => Promise<void>;
}

async function open(page: Page, chatId: string) {
  await page.goto(`/chat/${chatId}`);
  await expect(answers(page).first()).toBeVisible();
}

async function openSidebar(page: Page, width: number) {
  if (width < 800) await page.getByRole("button", { name: "Chats", exact: true }).click();
  await expect(sidebar(page).getByRole("link").nth(3)).toBeVisible();
}

/// Colour comes after the code.
const coloured = (page: Page) => expect(answers(page).last().locator("pre span").first()).toBeVisible();

const heading = (page: Page) => expect(page.getByRole("heading", { level: 1 })).toBeVisible();

const laterSettings = [
  ["second-factor", "Second factor"],
  ["keys", "API keys"],
  ["import", "Import chats"],
  ["data", "Your data"],
] as const;

const administration = ["overview", "users", "models", "jobs", "audit", "settings", "health"];

export const scenes: Scene[] = [
  {
    name: "landing",
    as: "visitor",
    show: async (page) => {
      await page.goto("/");
      await expect(answers(page).getByRole("table")).toBeVisible();
    },
  },
  {
    name: "register",
    as: "visitor",
    show: async (page) => {
      await page.goto("/register");
      await page.getByLabel("Email").fill("ada@example.com");
      await page.getByLabel("Password", { exact: true }).fill("password");
      await page.getByRole("button", { name: "Create account" }).click();
      await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
    },
  },
  {
    name: "login",
    as: "visitor",
    show: async (page) => {
      await page.goto("/login");
      await page.getByLabel("Email").fill("ada@example.com");
      await page.getByLabel("Password", { exact: true }).fill("not the passphrase");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "forgot-password",
    as: "visitor",
    show: async (page) => {
      await page.goto("/forgot-password");
      await heading(page);
    },
  },
  {
    name: "reset-password",
    as: "visitor",
    show: async (page) => {
      await page.goto("/reset-password#a-token");
      await page.getByLabel("New password", { exact: true }).focus();
    },
  },
  {
    name: "not-found",
    as: "visitor",
    show: async (page) => {
      await page.goto("/nowhere");
      await heading(page);
    },
  },
  {
    name: "error",
    as: "regular",
    show: async (page) => {
      await page.route("**/assets/memory-page-*.js", (route) => route.abort());
      await page.goto("/memory");
      await heading(page);
    },
  },
  {
    name: "manual",
    as: "visitor",
    show: async (page) => {
      await page.goto("/docs/models");
    },
  },
  {
    name: "empty",
    as: "newcomer",
    show: async (page) => {
      await page.goto("/chat");
      await heading(page);
      await expect(page.locator("main").getByRole("listitem").first()).toBeVisible();
    },
  },
  {
    name: "chat-settings",
    as: "newcomer",
    show: async (page) => {
      await page.goto("/chat");
      await page.getByRole("button", { name: "Temporary chat" }).click();
      await page.getByRole("button", { name: "Settings of this chat" }).click();
      await page.getByRole("dialog").getByLabel("Temperature").fill("0.3");
      await page.getByRole("dialog").getByLabel("Maximum tokens").focus();
    },
  },
  {
    name: "chat",
    as: "regular",
    show: async (page, seed) => {
      await open(page, seed.conversation);
      await page.getByRole("log").evaluate((log) => log.scrollTo(0, 0));
      await expect(answers(page).first().locator("math")).toBeAttached();
    },
  },
  {
    name: "chat-end",
    as: "regular",
    show: async (page, seed) => {
      await open(page, seed.conversation);
      await coloured(page);
    },
  },
  {
    name: "long-titles",
    as: "regular",
    show: async (page, seed) => {
      await open(page, seed.longTitle);
      await coloured(page);
    },
  },
  {
    name: "failed",
    as: "regular",
    show: async (page, seed) => {
      await open(page, seed.failed);
      await expect(page.getByRole("button", { name: "Retry" })).toBeVisible();
    },
  },
  {
    name: "streaming",
    as: "regular",
    show: async (page, seed) => {
      await open(page, seed.streaming);
      await expect(answers(page).getByRole("listitem").last()).toHaveText("and the shape of the");
      await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
    },
  },
  {
    name: "search",
    as: "regular",
    show: async (page, seed, width) => {
      await open(page, seed.conversation);
      await openSidebar(page, width);
      await page.getByRole("searchbox").fill("moon");
      await expect(sidebar(page).locator("mark").first()).toBeVisible();
    },
  },
  {
    name: "sidebar",
    as: "regular",
    show: async (page, seed, width) => {
      await open(page, seed.conversation);
      await coloured(page);
      await openSidebar(page, width);
      await sidebar(page).getByRole("listitem").nth(2).hover();
      await sidebar(page)
        .getByRole("button", { name: /^Options/ })
        .nth(1)
        .click();
      await expect(page.getByRole("menu")).toBeVisible();
    },
  },
  {
    name: "edit",
    as: "regular",
    show: async (page, seed) => {
      await open(page, seed.conversation);
      await coloured(page);
      await questions(page).last().hover();
      await questions(page).last().getByRole("button", { name: "Edit" }).click();
      await expect(page.getByRole("textbox", { name: "Edit question" })).toBeFocused();
    },
  },
  {
    name: "no-such-chat",
    as: "regular",
    show: async (page) => {
      await page.goto("/chat/00000000-0000-7000-8000-000000000000");
      await heading(page);
    },
  },
  {
    name: "settings",
    as: "regular",
    show: async (page) => {
      await page.goto("/settings");
      await expect(page.getByLabel("Custom instructions")).toBeVisible();
    },
  },
  {
    name: "memory",
    as: "regular",
    show: async (page) => {
      await page.goto("/memory");
      await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
    },
  },
  ...laterSettings.map(
    ([part, title]): Scene => ({
      name: `settings-${part}`,
      as: "regular",
      show: async (page) => {
        await page.goto(`/settings/${part}`);
        await expect(page.getByRole("heading", { name: title, exact: true })).toBeFocused();
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      },
    }),
  ),
  ...administration.map(
    (part): Scene => ({
      name: `admin-${part}`,
      as: "operator",
      show: async (page) => {
        await page.goto(`/admin/${part}`);
        await expect(page.getByRole("navigation", { name: "Parts of the administration" })).toBeVisible();
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      },
    }),
  ),
  {
    name: "palette",
    as: "regular",
    show: async (page, seed) => {
      await open(page, seed.conversation);
      await coloured(page);
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("option").nth(3)).toBeVisible();
    },
  },
  {
    name: "palette-search",
    as: "regular",
    show: async (page, seed) => {
      await open(page, seed.conversation);
      await coloured(page);
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("moon");
      await expect(page.getByRole("option").locator("mark").first()).toBeVisible();
    },
  },
  {
    name: "shortcuts",
    as: "regular",
    show: async (page) => {
      await page.goto("/chat");
      await expect(messageBox(page)).toBeVisible();
      await page.keyboard.press("Control+/");
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "session-ended",
    as: "regular",
    show: async (page) => {
      await page.goto("/chat");
      await expect(messageBox(page)).toBeVisible();
      const error = { code: "TOKEN_REVOKED", message: "This session has ended.", details: {} };
      await page.route("**/api/v1/**", (route) =>
        route.fulfill({ status: 401, json: { success: false, error } }),
      );
      await ask(page, "Which beach is the quietest in March?");
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
];

import type { APIRequestContext, Page, Route } from "@playwright/test";
import { messageBox } from "./support.ts";

const perPage = 100;

/// A chat of very many messages, without the many minutes that asking them would take: the chat and its first exchange
/// are the server's, and what its pages hold is put in their place.
export class LongChat {
  readonly address: string;
  /// How many pages have been asked for.
  pagesRead = 0;
  private readonly messages: object[];
  private gate = Promise.resolve();

  private constructor(
    private readonly id: string,
    length: number,
  ) {
    this.address = `/chat/${id}`;
    this.messages = Array.from({ length }, (_, index) => message(id, index));
  }

  static async open(page: Page, api: APIRequestContext, length: number): Promise<LongChat> {
    const made = await api.post("/api/v1/chats/", { data: { title: "A long voyage" } });
    const chat = new LongChat((await made.json()).data.id, length);
    await page.route(`**/api/v1/chats/${chat.id}/messages/?*`, (route) => chat.serve(route));
    await page.route(`**/api/v1/chats/${chat.id}/`, async (route) => {
      if (route.request().method() !== "GET") return route.fallback();
      // What the page has already is not what the server has.
      const { "if-none-match": _, ...headers } = route.request().headers();
      const response = await route.fetch({ headers });
      const body = await response.json();
      body.data.current_message_id = idOf(length - 1);
      await route.fulfill({ response, json: body });
    });
    return chat;
  }

  async visit(page: Page, messageAt?: number) {
    await page.goto(messageAt === undefined ? this.address : `${this.address}?message=${idOf(messageAt)}`);
    await messageBox(page).waitFor();
  }

  /// Holds pages back until the answer is called.
  holdPages(): () => void {
    let open = () => {};
    this.gate = new Promise((resolve) => {
      open = resolve;
    });
    return open;
  }

  /// As the API answers: a cursor is where the page begins or ends, and which way it runs.
  private async serve(route: Route) {
    this.pagesRead += 1;
    await this.gate;
    const { searchParams } = new URL(route.request().url());
    const around = searchParams.get("around");
    const [way, place] = (searchParams.get("cursor") ?? "older:").split(":");
    const at = place === "" ? this.messages.length : Number(place);
    const first = around !== null ? indexOf(around) - perPage / 2 : way === "older" ? at - perPage : at;
    const begin = Math.max(0, first);
    const end = Math.min(this.messages.length, way === "older" && around === null ? at : begin + perPage);
    const data = {
      items: this.messages.slice(begin, end),
      next_cursor: begin === 0 ? null : `older:${begin}`,
      prev_cursor: end === this.messages.length ? null : `newer:${end}`,
      leaf_id: idOf(this.messages.length - 1),
    };
    await route.fulfill({ json: { success: true, data } });
  }
}

/// What stands in the message at a place, whatever its kind.
export const landmark = (index: number) => `Entry ${index} of the log.`;

const idOf = (index: number) => `01900000-0000-7000-8000-${index.toString(16).padStart(12, "0")}`;
const indexOf = (id: string) => Number.parseInt(id.slice(-12), 16);

const sea =
  "The wind held from the west, the sea was long and grey, and the ship kept her course through the night. ";

/// What answers are like: paragraphs, a list, a table, a program, a formula.
const kinds = [
  (text: string) => `${text} ${sea.repeat(3)}\n\n${sea.repeat(2)}`,
  (text: string) => `${text}\n\n- ${sea}\n- ${sea}\n- **Rope**, tar and \`canvas\``,
  (text: string) =>
    `${text}\n\n| Watch | Knots |\n| --- | --- |\n| First | 6 |\n| Middle | 7 |\n| Morning | 5 |`,
  (text: string) =>
    `${text}\n\n\`\`\`ts\nconst knots = (miles: number, hours: number) => miles / hours;\nlog(knots(42, 6));\n\`\`\``,
  (text: string) => `${text}\n\n$$\nv = \\frac{s}{t}\n$$\n\n${sea}`,
];

const thoughts = { reasoning: "First the wind, then the sea.", reasoning_millis: 2_000 };

function message(chatId: string, index: number): object {
  const asked = index % 2 === 0;
  const text = landmark(index);
  return {
    id: idOf(index),
    chat_id: chatId,
    parent_id: index === 0 ? null : idOf(index - 1),
    client_id: null,
    role: asked ? "user" : "assistant",
    content: asked ? `${text} What then?` : (kinds[((index - 1) / 2) % kinds.length]?.(text) ?? text),
    status: "complete",
    timestamp: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
    metadata: asked ? {} : { model: "gpt-oss-120b", ...(index % 50 === 1 ? thoughts : {}) },
    feedback: null,
    siblings: [idOf(index)],
  };
}

// A provider of OpenAI's kind that says so many words a second to everybody who asks.
import { createServer } from "node:http";

const chunk = (delta, reason = null) =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", model: "steady", choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;

/**
 * @param words of each answer
 * @param pause between two of them, in milliseconds
 */
export async function steadyProvider(words, pause) {
  const state = { open: 0, mostOpen: 0 };
  const server = createServer((request, response) => {
    request.resume();
    if (request.method === "GET") {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ object: "list", data: [{ id: "steady", object: "model" }] }));
      return;
    }
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    state.open++;
    state.mostOpen = Math.max(state.mostOpen, state.open);
    let said = 0;
    const clock = setInterval(() => {
      if (said < words) {
        response.write(chunk({ content: `word${said++} ` }));
        return;
      }
      clearInterval(clock);
      response.end(`${chunk({}, "stop")}data: [DONE]\n\n`);
    }, pause);
    response.once("close", () => {
      clearInterval(clock);
      state.open--;
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    text: Array.from({ length: words }, (_, i) => `word${i} `).join(""),
    mostOpen: () => state.mostOpen,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

// Somebody who is signed in, asks and reads the answer, one after the other: `reader.mjs PORT TOKEN TOKENS SECONDS`. Says
// in a line of JSON how many milliseconds each took, from the question to the first word and to the end.
import { request } from "node:http";

const [port, , tokens, seconds] = process.argv.slice(2).map(Number);
const headers = { Authorization: `Bearer ${process.argv[3]}`, "Content-Type": "application/json" };

async function newChat() {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/chats/`, { method: "POST", headers, body: "{}" });
  return (await response.json()).data.id;
}

function ask(chat) {
  const path = `/api/v1/chats/${chat}/messages/`;
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    let first;
    let text = "";
    const call = request(
      { port, host: "127.0.0.1", method: "POST", path, headers: { ...headers, Accept: "text/event-stream" } },
      (response) => {
        response.setEncoding("utf8");
        response.on("data", (piece) => {
          text += piece;
          if (first === undefined && text.includes("event: delta")) first = performance.now() - begun;
        });
        response.once("end", () => {
          if (!text.includes("event: done")) reject(new Error(`No answer came to its end: ${text.slice(-300)}`));
          else resolve({ first, whole: performance.now() - begun });
        });
      },
    );
    call.once("error", reject);
    call.end(JSON.stringify({ content: "Say something.", max_tokens: tokens }));
  });
}

const begun = performance.now();
const answers = [];
while (performance.now() - begun < seconds * 1_000) answers.push(await ask(await newChat()));
console.log(JSON.stringify(answers));

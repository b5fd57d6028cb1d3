// Sends wrong passwords at an even pace from many addresses, whatever becomes of the ones before:
// `flood.mjs PORT ATTEMPTS SECONDS ADDRESSES ROUND EMAIL…`. Half of them are for the emails, half for made-up ones. Says how
// many got which answer, in a line of JSON.
import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const [port, attempts, seconds, addresses, round] = process.argv.slice(2, 7).map(Number);
const emails = process.argv.slice(7);
const TICK_MS = 20;
const agent = new Agent({ keepAlive: true, maxSockets: 2_000 });
const answers = {};

function attempt(number) {
  const from = number % addresses;
  const email = number % 2 === 0 ? emails[Math.floor(number / 2) % emails.length] : `nobody-${round}-${number}@example.com`;
  const body = JSON.stringify({ email, password: `wrong ${number}` });
  return new Promise((resolve) => {
    const note = (answer) => {
      answers[answer] = (answers[answer] ?? 0) + 1;
      resolve();
    };
    const headers = {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(body),
      "X-Forwarded-For": `10.${round}.${from >> 8}.${from & 255}`,
    };
    const call = request({ port, host: "127.0.0.1", method: "POST", path: "/api/v1/auth/login", agent, headers }, (response) => {
      response.resume();
      response.once("end", () => note(response.statusCode));
    });
    call.once("error", (error) => note(error.code));
    call.end(body);
  });
}

const begun = performance.now();
const sent = [];
while (sent.length < attempts) {
  const due = Math.min(attempts, Math.ceil(((performance.now() - begun) / 1_000 / seconds) * attempts));
  while (sent.length < due) sent.push(attempt(sent.length));
  await pause(TICK_MS);
}
const sentAfter = (performance.now() - begun) / 1_000;
await Promise.all(sent);
agent.destroy();
console.log(JSON.stringify({ answers, sentAfter, answeredAfter: (performance.now() - begun) / 1_000 }));

// Parley as `./parley run` starts it, with the provider behind it, and a person who asks.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { start } from "../../tools/server.mjs";

export async function startParley(root, data, provider, jvmOptions) {
  const server = await start([join(root, "parley")], data, {
    JAVA_HOME: process.env.JAVA_HOME ?? "",
    ...(jvmOptions && { JAVA_TOOL_OPTIONS: jvmOptions }),
    OPENAI_API_KEY: "none",
    OPENAI_BASE_URL: `http://127.0.0.1:${provider}/v1`,
    PARLEY_RATE_LIMITS: "off",
    ACCESS_TOKEN_EXPIRE_MINUTES: "600",
  });
  const postmaster = Number(readFileSync(join(data, "database", "postmaster.pid"), "utf8").split("\n")[0]);
  const headers = { "Content-Type": "application/json" };

  async function call(method, path, body) {
    const response = await fetch(`${server.address}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    const { success, data, error } = await response.json();
    if (!success) throw new Error(`${method} ${path}: ${error.message}`);
    return data;
  }

  const { access_token: token } = await call("POST", "/auth/register", {
    email: "reader@example.com",
    password: "a reader's passphrase",
  });
  headers.Authorization = `Bearer ${token}`;

  return {
    pid: server.pid,
    postmaster,
    port: Number(new URL(server.address).port),
    stop: server.stop,
    /** A question in a new chat for each stream. */
    async questions(streams, tokens) {
      const requests = [];
      for (let i = 0; i < streams; i++) {
        const { id } = await call("POST", "/chats/", {});
        requests.push({
          path: `/api/v1/chats/${id}/messages/`,
          authorization: headers.Authorization,
          body: { content: `Say something, the ${i + 1}th time.`, max_tokens: tokens },
        });
      }
      return requests;
    },
    /** What is stored as the answer to a question. */
    async stored({ path }) {
      const { items } = await call("GET", path.replace("/api/v1", ""));
      const answer = items.at(-1);
      return answer.status === "complete" ? answer.content : `${answer.role} ${answer.status}`;
    },
  };
}

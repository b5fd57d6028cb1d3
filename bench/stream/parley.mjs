// Parley as `./parley run` starts it, on one node or several, with the provider behind it, and a person who asks.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { start } from "../../tools/server.mjs";

const postmasterIn = (data) => readFileSync(join(data, "database", "postmaster.pid"), "utf8").split("\n");

/** A database of its own for several nodes: that of a server which is no more. */
async function startDatabase(command, data, environment) {
  const host = await start(command, data, environment);
  const [pid, , , port] = postmasterIn(data);
  process.kill(host.pid, "SIGKILL");
  const password = readFileSync(join(data, "secrets", "database-password"), "utf8").trim();
  return { pid: Number(pid), url: `postgresql://parley:${password}@127.0.0.1:${port}/parley?sslmode=disable` };
}

/** @param nodes of which the first alone, when there is one, brings its own database */
export async function startParley(root, data, provider, jvmOptions, nodes = 1) {
  const command = [join(root, "parley")];
  const environment = {
    JAVA_HOME: process.env.JAVA_HOME ?? "",
    ...(jvmOptions && { JAVA_TOOL_OPTIONS: jvmOptions }),
    OPENAI_API_KEY: "none",
    OPENAI_BASE_URL: `http://127.0.0.1:${provider}/v1`,
    PARLEY_RATE_LIMITS: "off",
    PARLEY_DRAIN_SECONDS: "0",
    ACCESS_TOKEN_EXPIRE_MINUTES: "600",
  };
  const shared = { JWT_SECRET_KEY: "one secret for all nodes of a measurement", SECRET_KEY: "and one more, also for all of them" };
  const servers = [];
  let database;
  let postmaster;
  if (nodes > 1) {
    database = await startDatabase(command, data, environment);
    postmaster = database.pid;
    for (let i = 1; i <= nodes; i++) {
      const own = join(data, `node-${i}`);
      mkdirSync(own);
      servers.push(await start(command, own, { ...environment, ...shared, DATABASE_URL: database.url }));
    }
  } else {
    servers.push(await start(command, data, environment));
    postmaster = Number(postmasterIn(data)[0]);
  }
  const [server] = servers;
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
    pids: servers.map(({ pid }) => pid),
    postmaster,
    port: Number(new URL(server.address).port),
    ports: servers.map(({ address }) => Number(new URL(address).port)),
    async stop() {
      await Promise.all(servers.map((one) => one.stop()));
      if (database) process.kill(database.pid, "SIGINT");
    },
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

import { spawn } from "node:child_process";
import { once } from "node:events";
import { program } from "./start.ts";

/// Gives somebody made-up chats.
///
/// @param data the server's data directory
/// @param options of `seed`, as `--messages 10000 --longest 10000`
export const makeUpChats = (data: string, email: string, options: string) =>
  command(data, ["seed", "--email", email, "--force", ...options.split(" ")], "");

/// Makes an account that looks after the instance.
export const makeOperator = (data: string, email: string, password: string) =>
  command(data, ["createsuperuser", "--email", email, "--password-stdin"], password);

/// One of the program's own commands, beside the server.
async function command(data: string, words: string[], input: string) {
  const [start = "java", ...parameters] = program();
  const running = spawn(start, [...parameters, ...words], {
    cwd: data,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PARLEY_DATA_DIR: data },
    stdio: ["pipe", "ignore", "inherit"],
  });
  running.stdin.end(input);
  const [status] = await once(running, "exit");
  if (status !== 0) throw new Error(`${words[0]} ended with ${status}.`);
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { program } from "./start.ts";

/// Gives somebody made-up chats, with the program's own command.
///
/// @param data the server's data directory
/// @param options of `seed`, as `--messages 10000 --longest 10000`
export async function makeUpChats(data: string, email: string, options: string) {
  const [command = "java", ...parameters] = program();
  const seed = spawn(command, [...parameters, "seed", "--email", email, "--force", ...options.split(" ")], {
    cwd: data,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PARLEY_DATA_DIR: data },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [status] = await once(seed, "exit");
  if (status !== 0) throw new Error(`The chats could not be made up: seed ended with ${status}.`);
}

// Runs the program that is named by the arguments through a first visit, so that the JVM learns what a start needs.
import { start, temporaryDirectory } from "./server.mjs";
import { visit } from "./visit.mjs";

const data = await temporaryDirectory();
try {
  const server = await start(process.argv.slice(2), data.path);
  try {
    await visit(server.address);
  } finally {
    await server.stop();
  }
} finally {
  await data.remove();
}

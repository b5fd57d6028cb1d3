// Programs that are made with the tests, for measurements that need what the server's jar does not have.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Runs `main` of a class of the tests, and returns what it printed. */
export function program(root, name, args, environment = {}) {
  const backend = join(root, "backend");
  const temporary = mkdtempSync(join(tmpdir(), "parley-"));
  try {
    const list = join(temporary, "classpath");
    execFileSync(
      "mvn",
      ["-q", "-f", backend, "test-compile", "dependency:build-classpath", "-DincludeScope=test", `-Dmdep.outputFile=${list}`],
      { stdio: ["ignore", "inherit", "inherit"] },
    );
    const classpath = [join(backend, "target/test-classes"), join(backend, "target/classes"), readFileSync(list, "utf8")];
    return execFileSync(join(process.env.JAVA_HOME, "bin/java"), [name, ...args], {
      env: { ...process.env, CLASSPATH: classpath.join(delimiter), ...environment },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

// Adds up what the test runners reported: `counts.mjs FAILED-PARTS DIRECTORY…`. The last line is the sum.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const [failedParts, ...directories] = process.argv.slice(2);
const sum = { passed: 0, failed: 0, skipped: 0 };
const flaky = [];

function add(passed, failed, skipped) {
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
}

/** Surefire's and Failsafe's. */
function addSuite(xml) {
  const number = (name) => Number(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`, "s").exec(xml)?.[1] ?? 0);
  const failed = number("failures") + number("errors");
  const skipped = number("skipped");
  add(number("tests") - failed - skipped, failed, skipped);
  for (const [, name, inside] of xml.matchAll(/<testcase name="([^"]*)"[^>]*[^/]>(.*?)<\/testcase>/gs)) {
    if (/<flaky(Failure|Error)/.test(inside)) {
      flaky.push(name);
    }
  }
}

/** Playwright's report is a tree of files and describes. */
function addFlakyStories(suite) {
  for (const story of suite.specs ?? []) {
    if (story.tests.some((test) => test.status === "flaky")) {
      flaky.push(story.title);
    }
  }
  suite.suites?.forEach(addFlakyStories);
}

function addJson(report) {
  if (report.stats) {
    add(report.stats.expected + report.stats.flaky, report.stats.unexpected, report.stats.skipped);
    report.suites.forEach(addFlakyStories);
    return;
  }
  add(report.numPassedTests, report.numFailedTests, (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0));
}

for (const directory of directories) {
  for (const file of await readdir(directory).catch(() => [])) {
    const text = () => readFile(join(directory, file), "utf8");
    if (/^TEST-.*\.xml$/.test(file)) {
      addSuite(await text());
    } else if (file.endsWith(".json")) {
      addJson(JSON.parse(await text()));
    }
  }
}
// A part that broke before it could report a failure, as by not compiling, is one.
if (Number(failedParts) > 0 && sum.failed === 0) {
  sum.failed = Number(failedParts);
}
for (const name of flaky) {
  console.log(`Passed at a later try only: ${name}`);
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;

// The figures of a run as tables, and whether what is promised holds.
const MOST = 1.2;
const LONGEST_SECONDS = 5;

const at = (values, share) => values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)];
const median = (values) => at(values, 0.5);
const row = (...cells) => `| ${cells.join(" | ")} |`;
const milliseconds = (value) => `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`;

/** @returns the ratio of the medians of each round, of which the median counts */
const ratio = (rounds, place, what) =>
  median(rounds.map((round) => median(round[place].under.map(what)) / median(round[place].quiet.map(what))));

export function table({ attempts, seconds, addresses, processors, ways, rounds }) {
  const lines = [
    `${attempts.toLocaleString("en")} wrong passwords from ${addresses.toLocaleString("en")} addresses within ${seconds} seconds, ` +
      `${rounds.length} rounds, ${processors} processors. Rate limits are on.`,
    "",
    row("a signed-in person's answers", "quiet, median / 95 %", "under the flood", "ratio of the medians"),
    row("---", "---:", "---:", "---:"),
  ];
  let holds = true;
  for (const [place, { name, tokens, readers }] of rounds[0].entries()) {
    for (const [label, what] of [
      ["whole", ({ whole }) => whole],
      ["first word", ({ first }) => first],
    ]) {
      const all = (side) => rounds.flatMap((round) => round[place][side].map(what));
      const pair = (values) => `${milliseconds(median(values))} / ${milliseconds(at(values, 0.95))}`;
      const times = ratio(rounds, place, what);
      const counts = place === 0 && label === "whole";
      if (counts && times > MOST) holds = false;
      lines.push(
        row(
          `${tokens} tokens, ${name}, ${readers} at once: ${label}`,
          pair(all("quiet")),
          pair(all("under")),
          counts ? `**${times.toFixed(2)}**` : times.toFixed(2),
        ),
      );
    }
  }
  lines.push("", row("the owner signs in during the flood", "got in", "median", "longest"), row("---", "---:", "---:", "---:"));
  for (const [way, name] of Object.entries(ways)) {
    const seen = rounds.flat().flatMap(({ owners }) => owners[way]);
    const right = seen.filter(({ status }) => status === 200);
    const waits = right.map(({ ms }) => ms);
    if (way !== "stranger" && (right.length < seen.length || Math.max(...waits) > LONGEST_SECONDS * 1_000)) holds = false;
    lines.push(
      row(name, `${right.length} of ${seen.length}`, ...(right.length > 0 ? [median(waits), Math.max(...waits)].map(milliseconds) : ["", ""])),
    );
  }
  const floods = rounds.flat().map(({ flood }) => flood);
  const answered = (status) => Math.round(floods.reduce((sum, { answers }) => sum + (answers[status] ?? 0), 0) / floods.length);
  const others = floods.flatMap(({ answers }) => Object.keys(answers)).filter((status) => !["401", "429", "503"].includes(status));
  lines.push(
    "",
    `Of a flood's attempts ${answered(401).toLocaleString("en")} were looked at (401), ${answered(503).toLocaleString("en")} were told to come back (503) and ` +
      `${answered(429).toLocaleString("en")} refused by a limit (429)${others.length > 0 ? `; some got ${[...new Set(others)].join(", ")}` : ""}. ` +
      `It was sent within ${median(floods.map(({ sentAfter }) => sentAfter)).toFixed(0)} s and answered within ${median(floods.map(({ answeredAfter }) => answeredAfter)).toFixed(0)} s, ` +
      `during which the server took ${median(floods.map((flood) => flood.processors)).toFixed(2)} processors.`,
    "",
    holds
      ? `It holds: an answer takes at most ${MOST} times as long, and a known owner is always in within ${LONGEST_SECONDS} s.`
      : `**It does not hold**: an answer may take at most ${MOST} times as long, and a known owner has to be in within ${LONGEST_SECONDS} s.`,
  );
  return { text: lines.join("\n"), holds };
}

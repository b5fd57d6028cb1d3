// The figures of a run as a table.

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** @returns of one server in one round: microseconds a further token, milliseconds an answer */
function costs([short, once, twice], streams, seconds) {
  const further = (seconds(twice) - seconds(once)) / (streams * (twice.length - once.length));
  return {
    further: further * 1e6,
    fixed: (seconds(short) / streams - further * short.length) * 1e3,
    intercept: ((2 * seconds(once) - seconds(twice)) / streams) * 1e3,
  };
}

export function figures({ streams, rounds }) {
  const of = (server, seconds) => {
    const each = rounds.map((round) => costs(round[server], streams, seconds));
    return Object.fromEntries(["further", "fixed", "intercept"].map((name) => [name, median(each.map((one) => one[name]))]));
  };
  const added = (server, what, quantile) =>
    median(rounds.map((round) => (round[server][1][what][quantile] - round.direct[1][what][quantile]) / 1e3));
  const all = rounds.flatMap((round) => [...round.direct, ...round.nginx, ...round.parley]);
  return {
    nginx: of("nginx", ({ cost }) => cost.nginx),
    parley: of("parley", ({ cost }) => cost.jvm + cost.postgres),
    jvm: of("parley", ({ cost }) => cost.jvm),
    postgres: of("parley", ({ cost }) => cost.postgres),
    added,
    answers: rounds.length * streams * 3,
    missing: all.reduce((sum, one) => sum + Math.abs(one.missing), 0),
    unlikeStored: rounds.flatMap((round) => round.parley).reduce((sum, one) => sum + one.unlikeStored, 0),
    tokensAnEvent: median(rounds.map(({ parley }) => parley[2].latency.count / parley[2].events)),
    lateness: ["p50", "p99"].map((quantile) => median(all.map((one) => one.lateness[quantile] / 1e3))),
    direct: ["p50", "p99"].map((quantile) => median(rounds.map(({ direct }) => direct[1].latency[quantile] / 1e3))),
    providerToken: median(rounds.map(({ direct }) => (direct[1].cost.provider / direct[1].latency.count) * 1e6)),
    elsewhere: all.map((one) => one.elsewhere),
    memory: ["jvm", "postgres"].map((name) => median(rounds.map(({ parley }) => parley[2].memory[name]))),
    nginxMemory: median(rounds.map((round) => round.nginxMemory)),
  };
}

const digits = (value, count) => value.toFixed(count);
const percent = (share) => `${Math.round(Math.max(0, share) * 100)} %`;

export function table(raw) {
  const { streams, pace, tokens, jvm, processors, idle, rounds } = raw;
  const f = figures(raw);
  const row = (name, ...cells) => `| ${[name, ...cells].join(" | ")} |`;
  const cost = (name, unit, count) => [
    ...["nginx", "parley", "jvm", "postgres"].map((server) => digits(f[server][name], count)),
  ].map((value) => `${value} ${unit}`);
  const pair = (server, what) => `${digits(f.added(server, what, "p50"), 1)} / ${digits(f.added(server, what, "p99"), 1)} ms`;
  return [
    `${streams} answers at once, ${pace} tokens a second each, ${tokens} against ${2 * tokens} tokens; ${rounds.length} rounds, ` +
      `of which the median counts; ${processors} processors, of which other programs took ${percent(median(f.elsewhere))} ` +
      `(at most ${percent(Math.max(...f.elsewhere))})${jvm ? `; with ${jvm}` : ""}.`,
    "",
    row("", "nginx", "Parley", "its JVM", "its PostgreSQL"),
    row("---", "---", "---", "---", "---"),
    row("processor time of a further token", ...cost("further", "µs", 1)),
    row("as a multiple of nginx's", "1", ...["parley", "jvm", "postgres"].map((name) => digits(f[name].further / f.nginx.further, 2))),
    row("processor time that every answer costs", ...cost("fixed", "ms", 2)),
    row("the same, from where the line of the long answers begins", ...cost("intercept", "ms", 2)),
    row("time to the first token above direct, median / 99 %", pair("nginx", "first_token"), pair("parley", "first_token"), "", ""),
    row("age of a token above direct, median / 99 %", pair("nginx", "latency"), pair("parley", "latency"), "", ""),
    row(`memory while ${streams} answers are written`, ...[f.nginxMemory, f.memory[0] + f.memory[1], ...f.memory].map((value) => `${Math.round(value)} MB`)),
    "",
    `Of ${f.answers} answers through Parley, ${f.unlikeStored} differ from what was stored; ${f.missing} characters are missing or too many in all that was read. ` +
      `A delta carried ${digits(f.tokensAnEvent, 2)} tokens. The provider was late by ${f.lateness.map((value) => digits(value, 2)).join(" ms (median) and ")} ms (99 %), ` +
      `took ${digits(f.providerToken, 1)} µs a token, and read directly its tokens were ${f.direct.map((value) => digits(value, 2)).join(" and ")} ms old.`,
    "",
    `With nothing to do the JVM takes ${digits(idle.jvm * 1e3, 0)} ms and PostgreSQL ${digits(idle.postgres * 1e3, 0)} ms of each second; ` +
      `of a further token that is ${digits((idle.jvm + idle.postgres) / (streams * pace) * 1e6, 1)} µs.`,
  ].join("\n");
}

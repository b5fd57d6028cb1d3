// The figures of each step as a row.

const row = (...cells) => `| ${cells.join(" | ")} |`;
const ms = (micros) => (micros / 1e3).toFixed(1);
const added = (step, server, what, quantile) => ms(step[server][what][quantile] - step.direct[what][quantile]);

export const costOf = ({ microsAToken }) => microsAToken.jvm + microsAToken.postgres;

export function table({ steps }) {
  const head = [
    "answers × tokens a second",
    "nginx, µs a token",
    "Parley, µs a token",
    "× nginx",
    "two nodes together, × nginx",
    "first token above direct, median / 99 %, ms",
    "a token above direct, median / 99 % / 99.9 %, ms",
    "two nodes: the same",
    "nginx: the same",
    "live heap an answer, KB",
    "resident: JVM + PostgreSQL, MB",
    "lost or doubled",
    "other programs",
  ];
  return [
    row(...head),
    row(...head.map(() => "---")),
    ...steps.map((step) =>
      row(
        `${step.streams} × ${step.pace}`,
        step.nginx.microsAToken.nginx.toFixed(1),
        costOf(step.parley).toFixed(1),
        (costOf(step.parley) / step.nginx.microsAToken.nginx).toFixed(2),
        step.several ? (costOf(step.several) / step.nginx.microsAToken.nginx).toFixed(2) : "",
        ["p50", "p99"].map((quantile) => added(step, "parley", "first_token", quantile)).join(" / "),
        ["p50", "p99", "p999"].map((quantile) => added(step, "parley", "latency", quantile)).join(" / "),
        step.several ? ["p50", "p99", "p999"].map((quantile) => added(step, "several", "latency", quantile)).join(" / ") : "",
        ["p50", "p99", "p999"].map((quantile) => added(step, "nginx", "latency", quantile)).join(" / "),
        step.heap.toFixed(0),
        `${step.parley.seen.jvm.toFixed(0)} + ${step.parley.seen.postgres.toFixed(0)}`,
        [step.parley, step.several].reduce((all, one) => all + (one ? Math.abs(one.missing) + one.unlikeStored : 0), 0),
        `${Math.round(Math.max(0, step.parley.elsewhere) * 100)} %`,
      ),
    ),
    "",
    `Read directly, tokens were ${steps.map((step) => ms(step.direct.latency.p99)).join(", ")} ms old (99 %) in these steps; the provider took ` +
      `${steps.map((step) => step.direct.microsAToken.provider.toFixed(0)).join(", ")} µs a token and the readers ` +
      `${steps.map((step) => step.direct.microsAToken.readers.toFixed(0)).join(", ")}, each on one thread.`,
  ].join("\n");
}

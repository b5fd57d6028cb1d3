// Two pictures side by side as SVG: cost and delay over the answers that are open at once.
import { picture } from "../plot.mjs";
import { costOf } from "./table.mjs";

const ours = [
  { name: "Parley", key: "parley", colour: "#0b6e69" },
  { name: "on two nodes", key: "several", colour: "#3b5bdb" },
  { name: "nginx", key: "nginx", colour: "#9a6b15" },
];

export function plot(steps) {
  const shown = ours.filter(({ key }) => steps.every((step) => step[key]));
  const lines = (value) => Object.fromEntries(shown.map(({ name, key }) => [name, steps.map((step) => value(step, key))]));
  const panels = [
    {
      title: "Processor time of a token, µs",
      lines: lines((step, key) => (key === "nginx" ? step.nginx.microsAToken.nginx : costOf(step[key]))),
    },
    {
      title: "Age of a token above direct, 99 %, ms",
      lines: lines((step, key) => Math.max(0, step[key].latency.p99 - step.direct.latency.p99) / 1e3),
    },
  ];
  return picture(
    panels,
    steps.map((step) => `${step.streams}×${step.pace}`),
    shown.map(({ colour }) => colour),
  );
}

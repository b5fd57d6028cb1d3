// The figures as people read them, and the aims that they miss.
const kilobytes = (bytes) => `${Math.round(bytes / 1024)} KB`;

export function table(figures) {
  return [sizes(figures.sizes), pages(figures), longChat(figures["long-chat"]), typing(figures), memory(figures.memory)]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

function sizes(figures) {
  if (figures === undefined) return undefined;
  const rows = Object.entries(figures).map(
    ([name, { scripts, styles, sent }]) =>
      `| ${name.startsWith("/") ? `\`${name}\`` : name} | ${[scripts, styles, sent].map(kilobytes).join(" | ")} |`,
  );
  return ["| | scripts, gzip | styles, gzip | both as the server sends them |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function pages(figures) {
  const rows = ["desktop", "phone"].flatMap((device) =>
    Object.entries(figures[`pages-${device}`] ?? {}).map(
      ([name, vitals]) =>
        `| ${name}, ${device} | ${vitals.firstPaint} | ${vitals.largestPaint} | ${vitals.blockingTime} | ${vitals.layoutShift} |`,
    ),
  );
  if (rows.length === 0) return undefined;
  return [
    "| with a processor of a quarter of the speed | first paint, ms | largest paint, ms | blocked, ms | layout shift |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

function longChat(figures) {
  if (figures === undefined) return undefined;
  return `| a chat of ${figures.messages.toLocaleString("en")} messages | | aim |
| --- | ---: | ---: |
| opened from the sidebar, ms | ${figures.openedByClick} | 1,000 |
| opened by its address, all of the page, ms | ${figures.openedByAddress} | |
| between frames while ${figures.scrolledOver} messages pass, a quarter of the speed: half, 95 and 99 of 100, ms | ${figures.frameP50} / ${figures.frameP95} / ${figures.frameP99} | 32 |
| of which the page computes, ms | ${figures.costP50} / ${figures.costP95} / ${figures.costP99} | |
| most nodes meanwhile | ${figures.nodes.toLocaleString("en")} | 15,000 |`;
}

function typing(figures) {
  const rows = ["prose", "code"]
    .map((kind) => [kind, figures[`typing-${kind}`]])
    .filter(([, found]) => found !== undefined)
    .map(
      ([kind, found]) =>
        `| ${kind} of ${found.lines.toLocaleString("en")} lines, ${found.wordsPerSecond} words a second | ${found.fullSpeedP50} / ${found.fullSpeedP95} / ${found.fullSpeedP99} | ${found.costP50} / ${found.costP95} / ${found.costP99} | ${found.keyP50} / ${found.keyP95} |`,
    );
  if (rows.length === 0) return undefined;
  return [
    "| typing while an answer grows | the page computes for a frame: half, 95 and 99 of 100, ms (aim 16) | at a quarter of the speed, ms | from the key to its frame, at a quarter of the speed, ms |",
    "| --- | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

function memory(figures) {
  if (figures === undefined) return undefined;
  return `${figures.chats} equal chats of ${figures.messages} messages, opened one after the other: ${figures.fifthKilobytes.toLocaleString("en")} KB in use after the fifth, ${figures.lastKilobytes.toLocaleString("en")} KB after the last (${figures.growthPercent} % more).`;
}

/** What can be told on any machine fails; times are for people to judge. */
export function missed(figures) {
  const sentences = [];
  const chat = figures.sizes?.["/chat"];
  if (chat !== undefined && chat.scripts > 200 * 1024) sentences.push("a chat needs more than 200 KB of scripts.");
  for (const device of ["desktop", "phone"]) {
    for (const [name, { layoutShift, shifted }] of Object.entries(figures[`pages-${device}`] ?? {})) {
      if (layoutShift > 0) sentences.push(`${name} on a ${device} shifts by ${layoutShift}: ${shifted.join(", ")}.`);
    }
  }
  const long = figures["long-chat"];
  if (long !== undefined && long.nodes > 15_000) sentences.push(`a long chat has ${long.nodes} nodes.`);
  const memory = figures.memory;
  if (memory !== undefined && memory.growthPercent > 10) sentences.push(`fifty chats add ${memory.growthPercent} % to the fifth.`);
  return sentences;
}

import { type CSSProperties, memo, useMemo, useRef } from "react";
import { type Chunk, chunksOf, columnsOf, linesAtOnce, noChunks } from "./code-chunks";
import type { CodeLine as Line } from "./highlight";
import { type Group, inGroups } from "./in-groups";

/// A program without colours. While it grows, only its last lines are laid out again.
export function PlainCode({ code }: { code: string }) {
  const previous = useRef(noChunks);
  const chunks = useMemo(() => chunksOf(code, previous.current), [code]);
  previous.current = chunks;
  const last = chunks.chunks.length - 1;
  return chunks.chunks.map((chunk, index) => (
    <PlainChunk key={keyOf(index)} chunk={chunk} settled={index < last} />
  ));
}

export function ColouredCode({ lines }: { lines: readonly Line[] }) {
  const groups = useMemo(() => inGroups(lines, linesAtOnce), [lines]);
  const last = groups.length - 1;
  return groups.map((group, index) => (
    <ColouredChunk key={keyOf(index)} group={group} settled={index < last} />
  ));
}

const keyOf = (index: number) => index;

interface Settled {
  /// Others follow it: it is drawn only where it is near to what is seen.
  settled: boolean;
}

const PlainChunk = memo(function PlainChunk({ chunk, settled }: Settled & { chunk: Chunk }) {
  return (
    <span className={settled ? "code-chunk code-settled" : "code-chunk"} style={sizeOf(chunk)}>
      {chunk.text}
    </span>
  );
});

const ColouredChunk = memo(function ColouredChunk({ group, settled }: Settled & { group: Group<Line> }) {
  const size = useMemo(() => {
    const columns = Math.max(
      ...group.items.map((line) => columnsOf(line.map(({ content }) => content).join(""))),
    );
    return sizeOf({ lines: group.items.length, columns });
  }, [group]);
  return (
    <span className={settled ? "code-chunk code-settled" : "code-chunk"} style={size}>
      {group.items.map((line, index) => (
        <CodeLine key={keyOf(index)} line={line} />
      ))}
    </span>
  );
});

const sizeOf = ({ lines, columns }: Omit<Chunk, "text">) =>
  ({ "--lines": lines, "--columns": columns }) as CSSProperties;

function CodeLine({ line }: { line: Line }) {
  let at = 0;
  return (
    <>
      {line.map(({ content, color, italic }) => {
        const key = at;
        at += content.length;
        return color === undefined && !italic ? (
          content
        ) : (
          <span key={key} style={{ color, fontStyle: italic ? "italic" : undefined }}>
            {content}
          </span>
        );
      })}
      {"\n"}
    </>
  );
}

import { Component, memo, type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { CodeBlock } from "./code-block";
import { Diagram } from "./diagram";
import { completed } from "./half-written";
import { type Group, inGroups } from "./in-groups";
import { KeepsSelection } from "./keeps-selection";
import { renderBlock } from "./render-block";
import { type Block, definitionsOf, type Fence, noBlocks, splitBlocks, unifyFormulas } from "./split-blocks";

interface MessageMarkdownProps {
  text: string;
  /// More text will come, so what is half-written is completed for the eye.
  growing?: boolean;
}

/// How many blocks are drawn, or not drawn, together. Most answers have fewer.
const blocksAtOnce = 32;

/// Shows Markdown. While it grows, only its last blocks are read and rendered again.
export function MessageMarkdown({ text, growing = false }: MessageMarkdownProps) {
  const previous = useRef({ split: noBlocks, groups: [] as Group<Block>[] });
  const split = useMemo(() => splitBlocks(withPlainLineEnds(text), previous.current.split), [text]);
  const groups = useMemo(() => inGroups(split.blocks, blocksAtOnce, previous.current.groups), [split]);
  previous.current = { split, groups };
  const definitions = useMemo(() => definitionsOf(split.blocks), [split]);
  const last = groups.length - 1;
  return (
    <KeepsSelection className="markdown">
      {groups.map((group, index) => (
        <BlockGroup
          key={group.from}
          group={group}
          growing={growing && index === last}
          settled={index < last}
          definitions={definitions}
        />
      ))}
    </KeepsSelection>
  );
}

const withPlainLineEnds = (text: string) => (text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text);

interface BlockGroupProps {
  group: Group<Block>;
  growing: boolean;
  /// Others follow it.
  settled: boolean;
  definitions: string;
}

const BlockGroup = memo(function BlockGroup({ group, growing, settled, definitions }: BlockGroupProps) {
  const element = useRef<HTMLDivElement>(null);
  const drawn = useDrawn(element, settled);
  const last = group.items.length - 1;
  return (
    <div ref={element} className={drawn ? "blocks blocks-settled" : "blocks"}>
      {group.items.map((block, index) => (
        <MarkdownBlock
          key={block.at}
          block={block}
          growing={growing && index === last}
          definitions={definitions}
        />
      ))}
    </div>
  );
});

/// Whether it was drawn since it settled. Only then does the browser know the height that it has when it is not.
function useDrawn(element: RefObject<HTMLElement | null>, settled: boolean): boolean {
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    if (!settled || element.current === null) return;
    const observer = new ResizeObserver(() => {
      observer.disconnect();
      setDrawn(true);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [settled, element]);
  return drawn && settled;
}

interface BlockProps {
  block: Block;
  growing: boolean;
  definitions: string;
}

/// A settled block costs a comparison while the text grows.
const MarkdownBlock = memo(
  function MarkdownBlock(props: BlockProps) {
    return (
      <PlainOnError source={props.block.source}>
        <BlockContent {...props} />
      </PlainOnError>
    );
  },
  (before, after) =>
    before.block.source === after.block.source &&
    before.growing === after.growing &&
    before.definitions === after.definitions,
);

function BlockContent({ block, growing, definitions }: BlockProps) {
  if (block.fence !== undefined)
    return <Program fence={block.fence} growing={growing && !block.fence.closed} />;
  if (growing && block.openFormula) return <p className="whitespace-pre-wrap">{block.source.trimEnd()}</p>;
  return renderBlock(unifyFormulas(growing ? completed(block.source) : block.source), definitions, growing);
}

function Program({ fence: { code, language }, growing }: { fence: Fence; growing: boolean }) {
  if (language === "mermaid" && !growing) return <Diagram source={code} />;
  return <CodeBlock code={growing ? code : code.replace(/\n$/, "")} language={language} growing={growing} />;
}

/// A block that cannot be rendered is shown as it was written.
class PlainOnError extends Component<{ source: string; children: ReactNode }, { failedAt: string | null }> {
  override state = { failedAt: null as string | null };

  static getDerivedStateFromError() {
    return { failedAt: "" };
  }

  override componentDidUpdate(before: { source: string }) {
    if (this.state.failedAt !== null && before.source !== this.props.source)
      this.setState({ failedAt: null });
  }

  override render() {
    return this.state.failedAt === null ? (
      this.props.children
    ) : (
      <p className="whitespace-pre-wrap">{this.props.source}</p>
    );
  }
}

import { Component, memo, type ReactNode, useMemo, useRef } from "react";
import { CodeBlock } from "./code-block";
import { completed } from "./half-written";
import { KeepsSelection } from "./keeps-selection";
import { renderBlock } from "./render-block";
import { type Block, definitionsOf, noBlocks, splitBlocks, unifyFormulas } from "./split-blocks";

interface MessageMarkdownProps {
  text: string;
  /// More text will come, so what is half-written is completed for the eye.
  growing?: boolean;
}

/// Shows Markdown. While it grows, only its last blocks are read and rendered again.
export function MessageMarkdown({ text, growing = false }: MessageMarkdownProps) {
  const previous = useRef(noBlocks);
  const split = useMemo(() => splitBlocks(withPlainLineEnds(text), previous.current), [text]);
  previous.current = split;
  const definitions = useMemo(() => definitionsOf(split.blocks), [split]);
  const last = split.blocks.length - 1;
  return (
    <KeepsSelection className="markdown">
      {split.blocks.map((block, index) => (
        <MarkdownBlock
          key={block.at}
          block={block}
          growing={growing && index === last}
          definitions={definitions}
        />
      ))}
    </KeepsSelection>
  );
}

const withPlainLineEnds = (text: string) => (text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text);

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
  if (growing && block.openFence !== undefined) {
    return <CodeBlock code={block.openFence.code} language={block.openFence.language} growing />;
  }
  if (growing && block.openFormula) return <p className="whitespace-pre-wrap">{block.source.trimEnd()}</p>;
  return renderBlock(unifyFormulas(growing ? completed(block.source) : block.source), definitions, growing);
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

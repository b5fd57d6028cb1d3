import { Component, createRef, type ReactNode } from "react";

interface KeepsSelectionProps {
  className: string;
  children: ReactNode;
}

/// The two ends of a selection as positions in the text, null for an end that lies elsewhere.
interface Ends {
  anchor: number | null;
  focus: number | null;
}

/// Changing a text node's value collapses a selection in it. What was selected before an update is
/// selected after it, so that an answer can be read and copied from while it grows.
export class KeepsSelection extends Component<KeepsSelectionProps> {
  readonly #element = createRef<HTMLDivElement>();

  override getSnapshotBeforeUpdate(): Ends | null {
    const element = this.#element.current;
    const selection = document.getSelection();
    if (element === null || selection === null || selection.isCollapsed) return null;
    const anchor = position(element, selection.anchorNode, selection.anchorOffset);
    const focus = position(element, selection.focusNode, selection.focusOffset);
    return anchor === null && focus === null ? null : { anchor, focus };
  }

  override componentDidUpdate(_: KeepsSelectionProps, __: unknown, before: Ends | null) {
    const element = this.#element.current;
    const selection = document.getSelection();
    if (element === null || selection === null || before === null) return;
    const anchor =
      before.anchor === null
        ? ([selection.anchorNode, selection.anchorOffset] as const)
        : place(element, before.anchor);
    const focus =
      before.focus === null
        ? ([selection.focusNode, selection.focusOffset] as const)
        : place(element, before.focus);
    if (anchor[0] === null || focus[0] === null) return;
    const same =
      anchor[0] === selection.anchorNode &&
      anchor[1] === selection.anchorOffset &&
      focus[0] === selection.focusNode &&
      focus[1] === selection.focusOffset;
    if (!same) selection.setBaseAndExtent(anchor[0], anchor[1], focus[0], focus[1]);
  }

  override render() {
    return (
      <div ref={this.#element} className={this.props.className}>
        {this.props.children}
      </div>
    );
  }
}

function position(element: Element, node: Node | null, offset: number): number | null {
  if (node === null || !element.contains(node)) return null;
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

function place(element: Element, at: number): readonly [Node | null, number] {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = at;
  let last: Text | null = null;
  while (texts.nextNode()) {
    last = texts.currentNode as Text;
    if (left <= last.length) return [last, left];
    left -= last.length;
  }
  return [last, last?.length ?? 0];
}

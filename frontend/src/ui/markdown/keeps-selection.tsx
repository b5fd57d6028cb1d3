import { Component, createRef, type ReactNode } from "react";

interface KeepsSelectionProps {
  className: string;
  children: ReactNode;
}

/// A place in the text: a block and how many characters of it stand before the place.
interface Place {
  block: number;
  offset: number;
}

/// The two ends of a selection, null for an end that lies elsewhere.
interface Ends {
  anchor: Place | null;
  focus: Place | null;
}

/// Changing a text node's value collapses a selection in it. What was selected before an update is
/// selected after it, so that an answer can be read and copied from while it grows.
export class KeepsSelection extends Component<KeepsSelectionProps> {
  readonly #element = createRef<HTMLDivElement>();

  override getSnapshotBeforeUpdate(): Ends | null {
    const element = this.#element.current;
    const selection = document.getSelection();
    if (element === null || selection === null || selection.isCollapsed) return null;
    const anchor = placeOf(element, selection.anchorNode, selection.anchorOffset);
    const focus = placeOf(element, selection.focusNode, selection.focusOffset);
    return anchor === null && focus === null ? null : { anchor, focus };
  }

  override componentDidUpdate(_: KeepsSelectionProps, __: unknown, before: Ends | null) {
    const element = this.#element.current;
    const selection = document.getSelection();
    if (element === null || selection === null || before === null) return;
    const anchor =
      before.anchor === null
        ? ([selection.anchorNode, selection.anchorOffset] as const)
        : pointAt(element, before.anchor);
    const focus =
      before.focus === null
        ? ([selection.focusNode, selection.focusOffset] as const)
        : pointAt(element, before.focus);
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

function placeOf(element: Element, node: Node | null, offset: number): Place | null {
  if (node === null) return null;
  const block = [...element.childNodes].findIndex((child) => child.contains(node));
  if (block === -1) return null;
  const range = document.createRange();
  range.setStart(element, block);
  range.setEnd(node, offset);
  return { block, offset: range.toString().length };
}

function pointAt(element: Element, { block, offset }: Place): readonly [Node | null, number] {
  const texts = document.createTreeWalker(element.childNodes[block] ?? element, NodeFilter.SHOW_TEXT);
  let left = offset;
  let last: Text | null = null;
  while (texts.nextNode()) {
    last = texts.currentNode as Text;
    if (left <= last.length) return [last, left];
    left -= last.length;
  }
  return [last, last?.length ?? 0];
}

import { Fragment } from "react";

const entities: Record<string, string> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&#x27;": "'",
  "&amp;": "&",
};

const plain = (html: string) =>
  html.replace(/&(?:lt|gt|quot|amp|#39|#x27);/g, (entity) => entities[entity] ?? entity);

/// What the snippet says, without its marks.
export const plainText = (html: string) => plain(html.replace(/<\/?mark>/g, ""));

/// The server's snippet is escaped text with marks. It is read as exactly that, and never given to the page as HTML.
export function Snippet({ html }: { html: string }) {
  const parts = html.split(/<mark>([\s\S]*?)<\/mark>/);
  let at = 0;
  return (
    <>
      {parts.map((part, index) => {
        const key = at;
        at += part.length + 1;
        const text = plain(part);
        return index % 2 === 1 ? <mark key={key}>{text}</mark> : <Fragment key={key}>{text}</Fragment>;
      })}
    </>
  );
}

import { useLingui } from "@lingui/react/macro";
import { startTransition, useEffect, useState } from "react";
import { lateModule } from "@/lib/late-module";
import { CopyButton } from "@/ui/copy-button";
import type { CodeLine as Line } from "./highlight";

const loadHighlighter = lateModule(() => import("./highlight"));

interface CodeBlockProps {
  code: string;
  language: string;
  growing?: boolean;
}

/// Beyond this, colouring would hold up the page for longer than it helps.
const longestColoured = 60_000;

/// A program with its language and a copy button, whose head stays while the program scrolls.
export function CodeBlock({ code, language, growing = false }: CodeBlockProps) {
  const { t } = useLingui();
  const lines = useHighlighted(code, language, growing);
  return (
    <div className="code-block">
      <div className="code-head">
        <span>{language === "" ? t`Text` : language}</span>
        <CopyButton text={code} label={t`Copy code`} />
      </div>
      <pre tabIndex={0}>
        <code>
          {lines === null ? code : lines.map((line, index) => <CodeLine key={lineKey(index)} line={line} />)}
        </code>
      </pre>
    </div>
  );
}

const lineKey = (index: number) => index;

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

function useHighlighted(code: string, language: string, growing: boolean): Line[] | null {
  const [result, setResult] = useState<{ code: string; lines: Line[] | null } | null>(null);
  const wanted = !growing && language !== "" && code.length <= longestColoured;
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    loadHighlighter()
      .then(({ highlight }) => highlight(code, language))
      // Colour is a nicety: a program that cannot be coloured is shown without.
      .catch(() => null)
      .then((lines) => {
        if (current) startTransition(() => setResult({ code, lines }));
      });
    return () => {
      current = false;
    };
  }, [wanted, code, language]);
  return wanted && result?.code === code ? result.lines : null;
}

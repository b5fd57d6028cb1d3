import { useLingui } from "@lingui/react/macro";
import { startTransition, useEffect, useState } from "react";
import { lateModule } from "@/lib/late-module";
import { CopyButton } from "@/ui/copy-button";
import { ColouredCode, PlainCode } from "./code-text";
import type { CodeLine } from "./highlight";

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
        <code>{lines === null ? <PlainCode code={code} /> : <ColouredCode lines={lines} />}</code>
      </pre>
    </div>
  );
}

function useHighlighted(code: string, language: string, growing: boolean): CodeLine[] | null {
  const [result, setResult] = useState<{ code: string; lines: CodeLine[] | null } | null>(null);
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

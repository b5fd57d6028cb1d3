import katex from "katex";
import "katex/dist/katex.min.css";

export function typesetFormula(source: string, display: boolean): string {
  return katex.renderToString(source, {
    displayMode: display,
    throwOnError: false,
    trust: false,
    strict: "ignore",
    maxExpand: 500,
    errorColor: "var(--danger)",
    output: "htmlAndMathml",
  });
}

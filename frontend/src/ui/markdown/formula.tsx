import { Suspense, use } from "react";
import { lateModule } from "@/lib/late-module";

const typesetter = lateModule(() => import("./typeset-formula"));

interface FormulaProps {
  source: string;
  display: boolean;
}

/// A formula, shown as its source until the typesetter is here.
export function Formula(props: FormulaProps) {
  return (
    <Suspense fallback={<code>{props.source}</code>}>
      <Typeset {...props} />
    </Suspense>
  );
}

function Typeset({ source, display }: FormulaProps) {
  const html = use(typesetter()).typesetFormula(source, display);
  const Tag = display ? "div" : "span";
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX escapes its input and is told to trust nothing.
  return <Tag className={display ? "formula" : undefined} dangerouslySetInnerHTML={{ __html: html }} />;
}

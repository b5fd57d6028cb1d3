import { useLingui } from "@lingui/react/macro";
import { Code, Workflow } from "lucide-react";
import { useEffect, useState } from "react";
import { lateModule } from "@/lib/late-module";
import { CopyButton } from "@/ui/copy-button";
import { IconButton } from "@/ui/icon-button";
import { usePalette } from "./use-palette";

const loadPen = lateModule(() => import("./draw-diagram"));

/// A Mermaid diagram, shown as its source until it is drawn, and where it cannot be.
export function Diagram({ source }: { source: string }) {
  const { t } = useLingui();
  const { svg, failed } = useDrawn(source);
  const [asSource, showSource] = useState(false);
  return (
    <div className="code-block">
      <div className="code-head">
        <span>{failed ? t`This diagram cannot be drawn` : t`Diagram`}</span>
        <span className="flex">
          {svg !== null && (
            <IconButton
              label={asSource ? t`Show diagram` : t`Show source`}
              onClick={() => showSource(!asSource)}
            >
              {asSource ? <Workflow /> : <Code />}
            </IconButton>
          )}
          <CopyButton text={source} label={t`Copy source`} />
        </span>
      </div>
      {svg === null || asSource ? (
        <pre tabIndex={0}>
          <code>{source}</code>
        </pre>
      ) : (
        <div
          role="img"
          aria-label={t`Diagram`}
          className="diagram"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: Mermaid draws it at its strict level and purifies it.
          dangerouslySetInnerHTML={{ __html: svg }}
        />
      )}
    </div>
  );
}

interface Drawn {
  source: string;
  svg: string | null;
}

function useDrawn(source: string): { svg: string | null; failed: boolean } {
  const palette = usePalette();
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  useEffect(() => {
    let current = true;
    loadPen()
      .then(({ drawDiagram }) => drawDiagram(source, palette))
      // Models write diagrams that are none.
      .catch(() => null)
      .then((svg) => {
        if (current) setDrawn({ source, svg });
      });
    return () => {
      current = false;
    };
  }, [source, palette]);
  if (drawn?.source !== source) return { svg: null, failed: false };
  return { svg: drawn.svg, failed: drawn.svg === null };
}

import { use } from "react";
import { lateModule } from "@/lib/late-module";

const loadEncoder = lateModule(() => import("lean-qr"));

const border = 4;

/// Drawn dark on light in every theme: not all cameras read it the other way.
export function QrCode({ text, label }: { text: string; label: string }) {
  const { generate } = use(loadEncoder());
  const bitmap = generate(text);
  const dots: string[] = [];
  for (let y = 0; y < bitmap.size; y++) {
    for (let x = 0; x < bitmap.size; x++) {
      if (bitmap.get(x, y)) dots.push(`M${x + border} ${y + border}h1v1h-1z`);
    }
  }
  const edge = bitmap.size + 2 * border;
  return (
    <svg
      viewBox={`0 0 ${edge} ${edge}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className="size-full rounded-control"
    >
      <rect width={edge} height={edge} fill="#fff" />
      <path d={dots.join("")} fill="#000" />
    </svg>
  );
}

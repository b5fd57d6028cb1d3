import mermaid from "mermaid";

/// Beyond this, drawing would hold up the page for longer than it helps.
const longestDrawn = 20_000;
const mostKept = 30;

/// By colours and source: a diagram that comes into view again is there at once.
const kept = new Map<string, Promise<string>>();
let drawings = 0;

/// The diagram as SVG.
/// @param palette names the page's colours, in which it is drawn
/// @throws whatever is wrong with the source
export function drawDiagram(source: string, palette: string): Promise<string> {
  const name = `${palette}\n${source}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  const drawing = draw(source, palette);
  kept.set(name, drawing);
  drawing.catch(() => kept.delete(name));
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return drawing;
}

async function draw(source: string, palette: string): Promise<string> {
  if (source.length > longestDrawn) throw new Error("The diagram is too long to be drawn.");
  configure(palette);
  drawings += 1;
  const { svg } = await mermaid.render(`diagram-${drawings}`, source);
  return svg;
}

let configured = "";

function configure(palette: string) {
  if (palette === configured) return;
  configured = palette;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    theme: "base",
    darkMode: palette.startsWith("dark"),
    fontFamily: getComputedStyle(document.documentElement).fontFamily,
    themeVariables: colours(),
    maxTextSize: longestDrawn,
    // A diagram says what it shows, and nothing about how the page does.
    secure: [
      "secure",
      "securityLevel",
      "startOnLoad",
      "maxTextSize",
      "maxEdges",
      "suppressErrorRendering",
      "theme",
      "themeCSS",
      "themeVariables",
      "fontFamily",
      "darkMode",
    ],
  });
}

function colours() {
  const one = colourReader();
  return {
    background: one("--raised"),
    mainBkg: one("--sunken"),
    primaryColor: one("--sunken"),
    primaryTextColor: one("--text"),
    primaryBorderColor: one("--edge"),
    secondaryColor: one("--hover"),
    secondaryTextColor: one("--text"),
    secondaryBorderColor: one("--edge"),
    tertiaryColor: one("--page"),
    tertiaryTextColor: one("--text"),
    tertiaryBorderColor: one("--line"),
    lineColor: one("--quiet"),
    textColor: one("--text"),
    titleColor: one("--text"),
    edgeLabelBackground: one("--raised"),
    noteBkgColor: one("--mark"),
    noteTextColor: one("--text"),
    noteBorderColor: one("--edge"),
    errorBkgColor: one("--sunken"),
    errorTextColor: one("--danger"),
    fontSize: "14px",
    ...scale(one),
    pieTitleTextSize: "16px",
    pieTitleTextColor: one("--text"),
    pieLegendTextSize: "14px",
    pieLegendTextColor: one("--text"),
    pieSectionTextSize: "14px",
    pieSectionTextColor: one("--page"),
    pieStrokeColor: one("--raised"),
    pieOuterStrokeColor: one("--raised"),
    pieOpacity: "1",
  };
}

const inks = [
  "--accent",
  "--code-number",
  "--code-string",
  "--code-keyword",
  "--code-function",
  "--code-type",
];
const shades = 12;

/// What tells slices, sections and branches apart, and stays legible on the page.
function scale(one: (name: string) => string): Record<string, string> {
  const paper = one("--page");
  return Object.fromEntries(
    Array.from({ length: shades }, (_, index) => {
      const ink = one(inks[index % inks.length] ?? "--accent");
      return [
        [`pie${index + 1}`, ink],
        [`cScale${index}`, ink],
        [`cScaleLabel${index}`, paper],
        [`git${index}`, ink],
        [`gitBranchLabel${index}`, paper],
      ];
    }).flat(),
  );
}

/// Mermaid computes with colours and knows the older ways of writing them alone.
function colourReader(): (name: string) => string {
  const style = getComputedStyle(document.documentElement);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (canvas === null) throw new Error("There is no canvas to read colours with.");
  return (name) => {
    canvas.fillStyle = style.getPropertyValue(name);
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };
}

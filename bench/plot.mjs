// A part of a picture as SVG: lines over steps that are named below them.
export const [WIDTH, HEIGHT] = [420, 260];
const [LEFT, BOTTOM, TOP] = [56, 40, 44];

/** @param panels each {title, lines: {name: values}}; side by side */
export function picture(panels, steps, colours) {
  const drawn = panels.map((one, i) => `<g transform="translate(${i * WIDTH} 0)">${panel(one, steps, colours)}</g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${panels.length * WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>${drawn.join("")}</svg>\n`;
}

function panel({ title, lines }, steps, colours) {
  const highest = niceCeiling(Math.max(...Object.values(lines).flat()));
  const places = steps.map((_, i) => LEFT + ((WIDTH - LEFT - 30) * i) / Math.max(1, steps.length - 1));
  const y = (value) => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * value) / highest;
  const grid = [0, 0.5, 1].map(
    (share) =>
      `<line x1="${LEFT}" x2="${WIDTH - 30}" y1="${y(share * highest)}" y2="${y(share * highest)}" stroke="#ddd"/>` +
      `<text x="${LEFT - 8}" y="${y(share * highest) + 4}" text-anchor="end">${share * highest}</text>`,
  );
  const names = steps.map((step, i) => `<text x="${places[i]}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${step}</text>`);
  const drawn = Object.entries(lines).map(([name, values], i) => {
    const points = values.map((value, at) => `${places[at].toFixed(1)},${y(value).toFixed(1)}`).join(" ");
    return (
      `<polyline points="${points}" fill="none" stroke="${colours[i]}" stroke-width="2"/>` +
      `<text x="${LEFT + 100 * i}" y="${TOP - 8}" fill="${colours[i]}">${name}</text>`
    );
  });
  return `<text x="${LEFT}" y="18" font-weight="bold">${title}</text>${[...grid, ...names, ...drawn].join("")}`;
}

function niceCeiling(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-6)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value);
}

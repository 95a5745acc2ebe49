// Blood cells as one sees them through a microscope: a dataset to try things with.

import type { CocoAnnotation } from '@migaki/coco';
import { type Random, randomOf } from '../random/random.ts';
import type { DrawnSet } from './drawn-set.ts';
import { circle, hsl } from './svg.ts';

const [width, height] = [640, 480];
/** Corners of an outline. */
const outlinePoints = 24;
/** How often a place is looked for before a cell is left out. */
const tries = 40;

interface Cell {
  category: 1 | 2 | 3;
  x: number;
  y: number;
  /** Half axes, pixels. */
  rx: number;
  ry: number;
  /** Degrees. */
  angle: number;
}

const categories = [
  { id: 1, name: 'RBC', supercategory: 'cell', color: '#e03131' },
  { id: 2, name: 'WBC', supercategory: 'cell', color: '#7048e8' },
  { id: 3, name: 'Platelets', supercategory: 'cell', color: '#0c8599' },
];

/** @param count how many pictures */
export function drawnCells(count: number, seed = 0): DrawnSet {
  const slides = Array.from({ length: count }, (_, i) => arranged(randomOf(seed, 12, i)));
  const annotations: CocoAnnotation[] = slides.flatMap((cells, index) =>
    cells.map((cell) => annotationOf(cell, index + 1)),
  );
  return {
    dataset: {
      info: { description: 'Blood cells, drawn' },
      images: slides.map((_, index) => ({
        id: index + 1,
        file_name: `slide-${String(index + 1).padStart(3, '0')}.jpg`,
        width,
        height,
      })),
      annotations: annotations.map((annotation, index) => ({ ...annotation, id: index + 1 })),
      categories,
    },
    svg: (index) => drawing(slides[index], randomOf(seed, 13, index)),
  };
}

function annotationOf(cell: Cell, image_id: number): CocoAnnotation {
  const outline = outlineOf(cell);
  const xs = outline.filter((_, at) => at % 2 === 0);
  const ys = outline.filter((_, at) => at % 2 === 1);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return {
    id: 0,
    image_id,
    category_id: cell.category,
    bbox: [left, top, rounded(Math.max(...xs) - left), rounded(Math.max(...ys) - top)],
    segmentation: [outline],
    area: rounded(Math.PI * cell.rx * cell.ry),
    iscrowd: 0,
  };
}

/** Cells that hardly overlap: some white ones first, which are large, then as many red ones as fit. */
function arranged(random: Random): Cell[] {
  const cells: Cell[] = [];
  const density = random.integer(8, 33);
  const place = (category: Cell['category'], radius: number) => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const x = random.between(radius, width - radius);
      const y = random.between(radius, height - radius);
      const isFree = cells.every(
        (other) => Math.hypot(other.x - x, other.y - y) > (other.rx + radius) * 0.95,
      );
      if (!isFree) continue;
      const ry = radius * random.between(0.82, 1);
      cells.push({ category, x, y, rx: radius, ry, angle: random.between(0, 180) });
      return;
    }
  };
  const whiteCount = random.chance(0.75) ? random.integer(1, 2) : 0;
  for (let count = 0; count < whiteCount; count++) place(2, random.between(48, 62));
  for (let count = 0; count < density; count++) place(1, random.between(24, 32));
  for (let count = random.integer(0, 4); count > 0; count--) place(3, random.between(7, 11));
  return cells;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

function outlineOf({ x, y, rx, ry, angle }: Cell): number[] {
  const turn = (angle * Math.PI) / 180;
  return Array.from({ length: outlinePoints }, (_, index) => {
    const t = (index / outlinePoints) * 2 * Math.PI;
    const [u, v] = [rx * Math.cos(t), ry * Math.sin(t)];
    return [
      Math.min(width, Math.max(0, rounded(x + u * Math.cos(turn) - v * Math.sin(turn)))),
      Math.min(height, Math.max(0, rounded(y + u * Math.sin(turn) + v * Math.cos(turn)))),
    ];
  }).flat();
}

/** Slides differ in their stain, their light, how sharp they are, and in what lies on them that is no cell. */
function drawing(cells: readonly Cell[], random: Random): string {
  const stain = random.between(-14, 14);
  const paleness = random.between(-7, 9);
  const colour = (hue: number, saturation: number, lightness: number): string =>
    hsl(hue + stain, saturation / 100, (lightness + paleness) / 100);
  const ellipse = ({ x, y, rx, ry, angle }: Cell, fill: string) =>
    `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" transform="rotate(${angle} ${x} ${y})" fill="${fill}"/>`;
  const nucleus = ({ x, y, rx }: Cell) =>
    Array.from({ length: 4 }, () => {
      const [dx, dy] = [random.between(-0.5, 0.5) * rx, random.between(-0.5, 0.5) * rx];
      return circle(
        [x + dx, y + dy],
        rx * random.between(0.3, 0.45),
        colour(264, 41, 39),
        'fill-opacity=".85"',
      );
    }).join('');
  const bodies = cells.map((cell) => {
    if (cell.category === 1) return ellipse(cell, 'url(#red)');
    if (cell.category === 2) return ellipse(cell, 'url(#white)') + nucleus(cell);
    return ellipse(cell, colour(272, 34, 53));
  });
  const specks = Array.from({ length: random.poisson(3) }, () =>
    circle(
      [random.between(0, width), random.between(0, height)],
      random.between(1.5, 6),
      colour(30, 18, random.between(35, 60)),
      'fill-opacity=".7"',
    ),
  );
  const light = hsl(20 + stain, random.between(0.15, 0.4), random.between(0.84, 0.92));
  const [lampX, lampY] = [random.between(20, 80), random.between(20, 80)].map(Math.round);
  const stop = (offset: number, fill: string) => `<stop offset="${offset}" stop-color="${fill}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
    <radialGradient id="red">${stop(0, colour(6, 55, 81))}${stop(0.45, colour(3, 50, 73))}${stop(0.9, colour(2, 45, 61))}${stop(1, colour(359, 37, 54))}</radialGradient>
    <radialGradient id="white">${stop(0, colour(273, 35, 79))}${stop(1, colour(270, 32, 70))}</radialGradient>
    <radialGradient id="lamp" cx="${lampX}%" cy="${lampY}%" r="90%"><stop offset="0" stop-opacity="0"/><stop offset="1" stop-opacity="${random.between(0.02, 0.16).toFixed(3)}"/></radialGradient>
    <filter id="focus" x="0" y="0" width="1" height="1"><feGaussianBlur stdDeviation="${random.between(0, 1.4).toFixed(2)}"/></filter></defs>
    <rect width="100%" height="100%" fill="${light}"/><g filter="url(#focus)">${specks.join('')}${bodies.join('')}</g>
    <rect width="100%" height="100%" fill="url(#lamp)"/></svg>`;
}

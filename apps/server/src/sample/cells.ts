// A dataset to try things with: blood cells as one sees them through a microscope, drawn by the project itself and the
// same every time. Made when it is imported, so that nothing of it needs to be kept.

import { Readable } from 'node:stream';
import { type CocoAnnotation, type CocoDataset, writeCoco } from '@migaki/coco';
import sharp from 'sharp';
import { type SourceFile, type SourceFiles, sourceFilesOf } from '../sources/source-files.ts';

const pictureCount = 48;
const width = 640;
const height = 480;
/** Corners of an outline. */
const outlinePoints = 24;

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

/** Files as if they had been found on a disk. */
export async function sampleCells(): Promise<SourceFiles> {
  const slides = Array.from({ length: pictureCount }, (_, index) => {
    const random = randomFrom(index + 1);
    return { name: `slide-${String(index + 1).padStart(3, '0')}.jpg`, cells: arranged(random) };
  });
  const dataset = datasetOf(slides);
  const files = new Map<string, SourceFile>([
    [
      'annotations.json',
      fileOf(async () => Buffer.from((await Array.fromAsync(writeCoco(dataset))).join(''))),
    ],
  ]);
  for (const [index, { name, cells }] of slides.entries()) {
    const draw = () =>
      sharp(Buffer.from(drawing(cells, randomFrom(index + 1001))))
        .jpeg({ quality: 85 })
        .toBuffer();
    files.set(`images/${name}`, fileOf(draw));
  }
  return sourceFilesOf(files);
}

function fileOf(make: () => Promise<Buffer>): SourceFile {
  return { byteSize: 0, location: null, open: async () => Readable.from([await make()]) };
}

function datasetOf(slides: readonly { name: string; cells: Cell[] }[]): CocoDataset {
  const annotations: CocoAnnotation[] = [];
  for (const [index, { cells }] of slides.entries()) {
    for (const cell of cells) {
      const outline = outlineOf(cell);
      const xs = outline.filter((_, at) => at % 2 === 0);
      const ys = outline.filter((_, at) => at % 2 === 1);
      const [left, top] = [Math.min(...xs), Math.min(...ys)];
      annotations.push({
        id: annotations.length + 1,
        image_id: index + 1,
        category_id: cell.category,
        bbox: [left, top, rounded(Math.max(...xs) - left), rounded(Math.max(...ys) - top)],
        segmentation: [outline],
        area: rounded(Math.PI * cell.rx * cell.ry),
        iscrowd: 0,
      });
    }
  }
  return {
    info: { description: 'Blood cells, drawn' },
    images: slides.map(({ name }, index) => ({ id: index + 1, file_name: name, width, height })),
    annotations,
    categories,
  };
}

/** Cells that hardly overlap: some white ones first, which are large, then as many red ones as fit. */
function arranged(random: () => number): Cell[] {
  const cells: Cell[] = [];
  const density = 8 + Math.floor(random() * 26);
  const place = (category: Cell['category'], radius: number, tries: number) => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const [x, y] = [
        radius + random() * (width - 2 * radius),
        radius + random() * (height - 2 * radius),
      ];
      const isFree = cells.every(
        (other) => Math.hypot(other.x - x, other.y - y) > (other.rx + radius) * 0.95,
      );
      if (!isFree) continue;
      const flatness = 0.82 + random() * 0.18;
      cells.push({ category, x, y, rx: radius, ry: radius * flatness, angle: random() * 180 });
      return;
    }
  };
  const whiteCount = random() < 0.75 ? 1 + Math.floor(random() * 2) : 0;
  for (let count = 0; count < whiteCount; count++) place(2, 48 + random() * 14, 40);
  for (let count = 0; count < density; count++) place(1, 24 + random() * 8, 40);
  for (let count = Math.floor(random() * 5); count > 0; count--) place(3, 7 + random() * 4, 40);
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

function drawing(cells: readonly Cell[], random: () => number): string {
  const ellipse = ({ x, y, rx, ry, angle }: Cell, fill: string, scale = 1) =>
    `<ellipse cx="${x}" cy="${y}" rx="${rx * scale}" ry="${ry * scale}" transform="rotate(${angle} ${x} ${y})" fill="${fill}"/>`;
  const nucleus = ({ x, y, rx }: Cell) =>
    Array.from({ length: 4 }, () => {
      const [dx, dy] = [(random() - 0.5) * rx, (random() - 0.5) * rx];
      return `<circle cx="${x + dx}" cy="${y + dy}" r="${rx * (0.3 + random() * 0.15)}" fill="#5b3a8c" fill-opacity="0.85"/>`;
    }).join('');
  const bodies = cells.map((cell) => {
    if (cell.category === 1) return ellipse(cell, 'url(#red)');
    if (cell.category === 2) return ellipse(cell, 'url(#white)') + nucleus(cell);
    return ellipse(cell, '#8a5fb0');
  });
  const light = `${Math.round(228 + random() * 14)},${Math.round(218 + random() * 12)},${Math.round(212 + random() * 12)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs>
      <radialGradient id="red"><stop offset="0" stop-color="#e9b9b4"/><stop offset="0.45" stop-color="#dc9a96"/>
        <stop offset="0.9" stop-color="#c9726f"/><stop offset="1" stop-color="#b65f60"/></radialGradient>
      <radialGradient id="white"><stop offset="0" stop-color="#cbb6dc"/><stop offset="1" stop-color="#b39bcb"/></radialGradient>
    </defs>
    <rect width="100%" height="100%" fill="rgb(${light})"/>${bodies.join('')}</svg>`;
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32, public domain). */
function randomFrom(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

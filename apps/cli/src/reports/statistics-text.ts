// What is in a COCO file, as people read it: counts and histograms.

import { drawBarTable } from '../terminal/bar-table.ts';
import { section } from '../terminal/section.ts';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, percent, printable, thousands } from '../terminal/words.ts';
import type { Bin, Statistics } from './statistics.ts';

export const shownCategories = 20;
const shownPictureSizes = 3;

export function statisticsText(
  file: string,
  statistics: Statistics,
  all: boolean,
  terminal: Terminal,
): string {
  const { paint } = terminal;
  return [
    `${paint('bold', printable(file))}  ${paint('dim', statistics.kind)}\n`,
    section('Contents', contentsTable(statistics, terminal), terminal),
    section('Categories', categoryBars(statistics, all, terminal), terminal),
    section('Object area', areaTable(statistics, terminal), terminal),
    section(
      'Box side (square root of width × height, pixels)',
      histogram('pixels', statistics.boxSides, terminal),
      terminal,
    ),
    section(
      'Objects per picture',
      histogram('objects', statistics.objectsPerPicture, terminal),
      terminal,
    ),
    section('Keypoints', keypointTable(statistics, terminal), terminal),
  ].join('');
}

function contentsTable(statistics: Statistics, terminal: Terminal): string {
  const { pictures, annotations, crowds, annotationsWithoutBox } = statistics;
  const hasBoxes = statistics.kind !== 'captions' && annotationsWithoutBox < annotations;
  const rows: [label: string, count: number, note: string][] = [
    ['pictures', pictures, sizeNote(statistics)],
    ['without annotations', statistics.picturesWithoutAnnotations, ''],
    ['annotations', annotations, perPicture(annotations, pictures)],
    ['crowds', crowds, ''],
    ['without a box', hasBoxes ? annotationsWithoutBox : 0, ''],
    ['categories', statistics.categories.length, ''],
  ];
  const always = new Set(['pictures', 'annotations']);
  return drawTable(
    [{ title: '' }, { title: '', align: 'right' }, { title: '' }],
    rows
      .filter(([label, count]) => count > 0 || always.has(label))
      .map(([label, count, note]) => [label, thousands(count), terminal.paint('dim', note)]),
    terminal,
  );
}

/** `640 × 480`, or the smallest and the largest where there are many. */
function sizeNote({ pictureSizes }: Statistics): string {
  const text = ({ width, height }: { width: number; height: number }) => `${width} × ${height}`;
  if (pictureSizes.length <= shownPictureSizes) return pictureSizes.map(text).join(', ');
  const byArea = pictureSizes.toSorted((a, b) => a.width * a.height - b.width * b.height);
  return `${thousands(byArea.length)} sizes, ${text(byArea[0])} to ${text(byArea.at(-1)!)}`;
}

function perPicture(annotations: number, pictures: number): string {
  return pictures === 0 ? '' : `${(annotations / pictures).toFixed(1)} per picture`;
}

function categoryBars(
  { categories, annotations }: Statistics,
  all: boolean,
  terminal: Terminal,
): string {
  if (categories.length === 0) return '';
  const shown = all ? categories : categories.slice(0, shownCategories);
  const most = Math.max(1, shown[0]!.annotations);
  const bars = drawBarTable(
    { label: 'name', figures: ['objects', 'share', 'pictures'] },
    shown.map((category) => ({
      label: category.name,
      figures: [
        thousands(category.annotations),
        percent(category.annotations, annotations),
        thousands(category.pictures),
      ],
      fraction: category.annotations / most,
    })),
    terminal,
  );
  const hidden = categories.length - shown.length;
  if (hidden === 0) return bars;
  const further = counted(hidden, 'further category');
  return `${bars}\n  ${terminal.paint('dim', `${further}: see them with --all`)}`;
}

function areaTable({ areas }: Statistics, terminal: Terminal): string {
  const total = areas.small + areas.medium + areas.large;
  if (total === 0) return '';
  const rows = [
    ['small', areas.small, 'below 32²'],
    ['medium', areas.medium, '32² to 96²'],
    ['large', areas.large, 'above 96²'],
  ] as const;
  return drawBarTable(
    { label: '', figures: ['objects', 'share'] },
    rows.map(([name, count, range]) => ({
      label: `${name.padEnd(6)}  ${range}`,
      figures: [thousands(count), percent(count, total)],
      fraction: count / total,
    })),
    terminal,
  );
}

/** Bins at both ends that hold nothing are left out. */
function histogram(unit: string, bins: readonly Bin[], terminal: Terminal): string {
  const first = bins.findIndex(({ count }) => count > 0);
  if (first < 0) return '';
  const shown = bins.slice(first, bins.findLastIndex(({ count }) => count > 0) + 1);
  const most = Math.max(...shown.map(({ count }) => count));
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  const isWhole = unit === 'objects';
  return drawBarTable(
    { label: unit, figures: [isWhole ? 'pictures' : 'objects', 'share'] },
    shown.map((bin) => ({
      label: rangeOf(bin, isWhole),
      figures: [thousands(bin.count), percent(bin.count, total)],
      fraction: bin.count / most,
    })),
    terminal,
  );
}

/** `32 – 64` for lengths, whose end is open; `5 – 9` or `3` for counts, whose end is closed. */
function rangeOf({ from, to }: Bin, isWhole: boolean): string {
  const start = String(from).padStart(3);
  if (to === null) return `${start} and more`;
  if (!isWhole) return `${start} – ${to}`;
  return to - from === 1 ? start : `${start} – ${to - 1}`;
}

function keypointTable({ keypoints }: Statistics, terminal: Terminal): string {
  if (keypoints.length === 0) return '';
  const severalCategories = new Set(keypoints.map(({ category }) => category)).size > 1;
  return drawBarTable(
    { label: 'name', figures: ['visible', 'hidden', 'not labelled'] },
    keypoints.map(({ category, keypoint, visible, hidden, notLabelled }) => ({
      label: severalCategories ? `${category}: ${keypoint}` : keypoint,
      figures: [visible, hidden, notLabelled].map(thousands),
      fraction: visible / Math.max(1, visible + hidden + notLabelled),
    })),
    terminal,
  );
}

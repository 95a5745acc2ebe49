// Counts with their share and a bar, as `stats` and `eval` show them.

import { drawBar } from './bar.ts';
import { type Column, drawTable } from './table.ts';
import type { Terminal } from './terminal.ts';
import { printable, shorten, wrap } from './words.ts';

export interface BarRow {
  label: string;
  /** Cells between label and bar, as they are shown. */
  figures: readonly string[];
  /** Length of the bar: 1 fills it. */
  fraction: number;
}

const maxLabelCharacters = 32;
const minLabelCharacters = 12;
const minBarColumns = 5;
const maxBarColumns = 40;
const columnGap = 2;
/** Tables of figures are made for this width; only a narrower terminal shortens them. */
const usualColumns = 80;

/**
 * Draws rows with bars as wide as the terminal leaves room for. Where it is narrow the bar goes first, then the end
 * of long labels, then the first figures (the last one is what the bar shows), which is told below.
 */
export function drawBarTable(
  titles: { label: string; figures: readonly string[] },
  rows: readonly BarRow[],
  terminal: Terminal,
): string {
  const widthOf = (texts: readonly string[]) => Math.max(...texts.map((text) => text.length));
  const figureColumns = titles.figures.map(
    (title, i) => columnGap + widthOf([title, ...rows.map((row) => row.figures[i]!)]),
  );
  const fullLabels = rows.map(({ label }) => shorten(printable(label), maxLabelCharacters));
  const labelColumns = widthOf([titles.label, ...fullLabels]);
  const room = terminal.columns < usualColumns ? terminal.columns : Number.POSITIVE_INFINITY;
  const roomForLabel = (firstFigure: number) =>
    room - figureColumns.slice(firstFigure).reduce((sum, columns) => sum + columns, columnGap);

  let first = 0;
  while (
    first < titles.figures.length - 1 &&
    roomForLabel(first) < Math.min(labelColumns, minLabelCharacters)
  ) {
    first += 1;
  }
  const labelRoom = Math.max(minLabelCharacters, roomForLabel(first));
  const labels = fullLabels.map((label) => shorten(label, labelRoom));
  const used =
    columnGap +
    widthOf([titles.label, ...labels]) +
    figureColumns.slice(first).reduce((sum, columns) => sum + columns, 0);
  const barColumns = Math.min(maxBarColumns, terminal.columns - used - columnGap - 1);
  const hasBars = barColumns >= minBarColumns;
  const columns: Column[] = [
    { title: titles.label },
    ...titles.figures.slice(first).map((title): Column => ({ title, align: 'right' })),
    ...(hasBars ? [{ title: '' }] : []),
  ];
  const table = drawTable(
    columns,
    rows.map(({ figures, fraction }, i) => [
      labels[i]!,
      ...figures.slice(first),
      ...(hasBars ? [terminal.paint('cyan', drawBar(fraction, barColumns))] : []),
    ]),
    terminal,
  );
  if (first === 0) return table;
  const note = `No room here for: ${titles.figures.slice(0, first).join(', ')}`;
  return `${table}\n${terminal.paint('dim', wrap(note, terminal.columns, '  '))}`;
}

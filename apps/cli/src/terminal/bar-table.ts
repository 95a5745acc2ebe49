// Counts with their share and a bar, as `stats` and `eval` show them.

import { drawBar } from './bar.ts';
import { type Column, drawTable } from './table.ts';
import type { Terminal } from './terminal.ts';
import { printable, shorten } from './words.ts';

export interface BarRow {
  label: string;
  /** Cells between label and bar, as they are shown. */
  figures: readonly string[];
  /** Length of the bar: 1 fills it. */
  fraction: number;
}

const maxLabelCharacters = 32;
const maxBarColumns = 40;
const columnGap = 2;

/** Draws rows with bars as wide as the terminal leaves room for. */
export function drawBarTable(
  titles: { label: string; figures: readonly string[] },
  rows: readonly BarRow[],
  terminal: Terminal,
): string {
  const columns: Column[] = [
    { title: titles.label, maxCharacters: maxLabelCharacters },
    ...titles.figures.map((title): Column => ({ title, align: 'right' })),
    { title: '' },
  ];
  const widthOf = (texts: readonly string[]) => Math.max(...texts.map((text) => text.length));
  const labels = rows.map(({ label }) => shorten(printable(label), maxLabelCharacters));
  const used =
    widthOf([titles.label, ...labels]) +
    titles.figures.reduce(
      (sum, title, i) => sum + columnGap + widthOf([title, ...rows.map((r) => r.figures[i]!)]),
      2 * columnGap,
    );
  const barColumns = Math.max(5, Math.min(maxBarColumns, terminal.columns - used - 1));
  return drawTable(
    columns,
    rows.map(({ figures, fraction }, i) => [
      labels[i]!,
      ...figures,
      terminal.paint('cyan', drawBar(fraction, barColumns)),
    ]),
    terminal,
  );
}

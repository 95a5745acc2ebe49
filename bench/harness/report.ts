// How figures are printed: a JSON line each for machines, a table row each for people. Ratios come first in both
// senses: they are what survives a change of machine.

import { type Figure, ratioOf, targetHolds, targetText } from './bench.ts';

/** The figure as one line of JSON; every key is always there. */
export function jsonLine(bench: string, figure: Figure): string {
  return JSON.stringify({
    bench,
    figure: figure.figure,
    value: figure.value,
    unit: figure.unit,
    peer: figure.peer?.name ?? null,
    peerValue: figure.peer?.value ?? null,
    ratio: ratioOf(figure),
    target: targetText(figure),
    holds: targetHolds(figure),
  });
}

const columns = [
  { title: 'ratio', width: 9 },
  { title: 'figure', width: 46 },
  { title: 'ours', width: 22 },
  { title: 'peer', width: 40 },
  { title: 'target', width: 0 },
];

export const tableHead = row(columns.map(({ title }) => title));

/** The figure as one row under `tableHead`. */
export function tableRow(figure: Figure): string {
  const ratio = ratioOf(figure);
  const target = targetText(figure);
  const marks = new Map([
    [true, '✔ '],
    [false, '✖ '],
    [null, '? '],
  ]);
  return row([
    ratio === null ? '—' : `${readable(ratio)}×`,
    figure.figure,
    `${readable(figure.value)} ${figure.unit}`,
    figure.peer == null
      ? '—'
      : `${readable(figure.peer.value)} ${figure.unit}  ${figure.peer.name}`,
    target === null ? '' : `${marks.get(targetHolds(figure))}${target}`,
  ]);
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell, index) => cell.padEnd(columns[index].width))
    .join('  ')
    .trimEnd();
}

/** Three significant digits, more only for whole numbers: `0.0123`, `5.67`, `124,000`. */
function readable(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

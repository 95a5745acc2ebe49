// Tables without rules: columns are told apart by space, and numbers stand under one another.
// cli-table3 does the aligning, which must count Japanese letters twice and colours not at all.

import { stripVTControlCharacters } from 'node:util';
import CliTable, { type HorizontalAlignment } from 'cli-table3';
import type { Terminal } from './terminal.ts';
import { shorten } from './words.ts';

export interface Column {
  /** Empty where the column needs no name. */
  title: string;
  align?: HorizontalAlignment;
  /** Longer text ends in an ellipsis; such a column takes no colours. */
  maxCharacters?: number;
}

const noRules = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

const indent = '  ';

/** Draws rows of cells below their columns' titles, indented by two, without a final line break. */
export function drawTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { paint }: Terminal,
): string {
  const table = new CliTable({
    chars: noRules,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: columns.map(({ align }) => align ?? 'left'),
  });
  if (columns.some(({ title }) => title !== '')) {
    table.push(columns.map(({ title }) => paint('dim', title)));
  }
  for (const row of rows) {
    table.push(row.map((cell, i) => shorten(cell, columns[i]?.maxCharacters)));
  }
  return table
    .toString()
    .split('\n')
    .map((line) => `${indent}${line}`.trimEnd())
    .join('\n');
}

/** Whether no line of a table is too long. */
export const fits = (table: string, { columns }: Terminal): boolean =>
  Math.max(
    ...stripVTControlCharacters(table)
      .split('\n')
      .map(({ length }) => length),
  ) <= columns;

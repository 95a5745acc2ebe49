// A table before its rows are read: what its columns mean and in what its numbers are.

import { CocoError } from '../../coco-error.ts';
import { phrase } from '../../phrase.ts';
import { numberFromText } from '../numbers.ts';
import { baseNameOf, extensionOf, isPicturePath, withoutExtension } from '../safe-path.ts';
import { badInput } from '../text-file.ts';
import { boxColumns, type Columns, columnsOf, recognisedColumns } from './columns.ts';
import {
  type Separator,
  separatorOf,
  type TableRow,
  tableRows,
  tableRowsInPieces,
} from './table.ts';

export function isTablePath(path: string): boolean {
  return ['csv', 'tsv'].includes(extensionOf(path));
}

/** Whether a file starts with a header that `readCsv` knows. */
export function looksLikeTable(start: string): boolean {
  const first = firstRow(start);
  return first !== undefined && (recognisedColumns(first.cells) ?? headerOf(first)) !== undefined;
}

export interface Table {
  path: string;
  /** Its whole text once more from the start. */
  texts: () => AsyncIterable<string>;
  separator: Separator;
  columns: Columns;
  hasHeader: boolean;
  /** Of all its pictures. */
  split: string | undefined;
  /** Boxes are in fractions of the picture's size. */
  isFractions: boolean;
}

/** @throws CocoError `bad-format-input` where the header does not tell what the rows are. */
export async function openTable(
  path: string,
  start: string,
  texts: () => AsyncIterable<string>,
  isOneOfSeveral: boolean,
): Promise<Table> {
  const separator = separatorOf(start);
  const first = firstRow(start);
  if (first === undefined) throw badInput(path, phrase`a header`, phrase`an empty file`);
  const missing = headerOf(first);
  const columns = columnsOf(missing ?? first.cells, `${path}:${first.line}`);
  const name = withoutExtension(baseNameOf(path));
  const isSplit = isOneOfSeveral && /^(?:train|val|test)/i.test(name);
  const table: Table = {
    path,
    texts,
    separator,
    columns,
    hasHeader: missing === undefined,
    split: isSplit && !columns.index.has('split') ? name : undefined,
    isFractions: false,
  };
  table.isFractions =
    columns.box === 'corners' && (columns.isOpenImages || (await hasOnlyFractions(table)));
  return table;
}

/** keras-retinanet's tables start with the first row: path, four numbers (or none) and a class. */
function headerOf({ cells }: TableRow): string[] | undefined {
  const isRow = cells.length === 6 && isPicturePath(cells[0]);
  const box = cells.slice(1, 5);
  const isBox =
    box.every((cell) => numberFromText(cell) !== undefined) || box.every((c) => c === '');
  return isRow && isBox ? ['filename', 'x1', 'y1', 'x2', 'y2', 'class'] : undefined;
}

/** A table of two corners holds fractions when no number is above 1 and some are no whole ones. */
async function hasOnlyFractions(table: Table): Promise<boolean> {
  let hasFraction = false;
  for await (const rows of dataRows(table)) {
    for (const { cells } of rows) {
      for (const role of boxColumns.corners) {
        const value = cellNumber(cells[table.columns.index.get(role)!] ?? '', table.separator);
        if (value === undefined) continue;
        if (value > 1) return false;
        if (!Number.isInteger(value)) hasFraction = true;
      }
    }
  }
  return hasFraction;
}

/** The first row that has something on it, if there is one. */
export function firstRow(text: string): TableRow | undefined {
  // A table cut off in the middle of a cell has a first row all the same.
  try {
    return tableRows(text, separatorOf(text), '').next().value ?? undefined;
  } catch (error) {
    if (error instanceof CocoError) return undefined;
    throw error;
  }
}

/** All rows but the header, some at a time. */
export async function* dataRows({
  texts,
  separator,
  path,
  hasHeader,
}: Table): AsyncGenerator<TableRow[], void> {
  let isHeader = hasHeader;
  for await (const rows of tableRowsInPieces(texts(), separator, path)) {
    yield isHeader ? rows.slice(1) : rows;
    isHeader &&= rows.length === 0;
  }
}

/** In tables with semicolons, decimals may have a comma, as spreadsheets of half of the world write them. */
export function cellNumber(cell: string, separator: Separator): number | undefined {
  return numberFromText(separator === ';' ? cell.replace(',', '.') : cell);
}

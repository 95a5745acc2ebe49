// Tables in text files: RFC 4180, and what spreadsheets make of it. The separator is a comma, a semicolon or a tab.

import { phrase } from '../../phrase.ts';
import { badInput } from '../text-file.ts';

export type Separator = ',' | ';' | '\t';

export interface TableRow {
  /** Line of the file on which the row starts, counted from 1. */
  line: number;
  /** Quoted cells are as they were between their quotes, others without the spaces around them. */
  cells: string[];
}

/** The separator that the first line has most of, outside quotes; a comma where it has none. */
export function separatorOf(text: string): Separator {
  const firstLine = /^(?:\s*\n)*((?:"(?:[^"]|"")*"|[^"\n])*)/.exec(text)?.[1] ?? '';
  const bare = firstLine.replace(/"(?:[^"]|"")*"/g, '');
  const count = (separator: Separator) => bare.split(separator).length;
  return ([',', ';', '\t'] as const).reduce((most, separator) =>
    count(separator) > count(most) ? separator : most,
  );
}

/**
 * The rows of a table, its header included; lines with nothing on them are left out.
 *
 * @throws CocoError `bad-format-input` for a quote that is never closed: nobody can tell where that cell ends.
 */
export function* tableRows(
  text: string,
  separator: Separator,
  where: string,
): Generator<TableRow, void> {
  const reader = new RowReader(separator, where);
  yield* reader.rowsIn(text, true);
}

/** The same of a text that comes in pieces: the rows that each of them completes. */
export async function* tableRowsInPieces(
  pieces: AsyncIterable<string>,
  separator: Separator,
  where: string,
): AsyncGenerator<TableRow[], void> {
  const reader = new RowReader(separator, where);
  for await (const piece of pieces) yield [...reader.rowsIn(piece, false)];
  yield [...reader.rowsIn('', true)];
}

/** Characters of one row. Nothing honest comes near this; a quote that nobody closes would go to the end of the file. */
const LONGEST_ROW = 1 << 26;

class RowReader {
  readonly #where: string;
  readonly #end: RegExp;
  readonly #space: RegExp;
  /** What was not read yet: the beginning of a row. */
  #rest = '';
  #line = 1;

  constructor(separator: Separator, where: string) {
    this.#where = where;
    this.#end = separator === '\t' ? /[\t\n]/g : separator === ';' ? /[;\n]/g : /[,\n]/g;
    this.#space = separator === '\t' ? / */y : /[ \t]*/y;
  }

  /** @param isLast whether the text ends with these */
  *rowsIn(piece: string, isLast: boolean): Generator<TableRow, void> {
    const text = this.#rest + piece;
    let at = 0;
    while (at < text.length) {
      const read = this.#rowAt(text, at, isLast);
      if (read === undefined) break;
      const { row, isEmpty, next, line } = read;
      at = next;
      this.#line = line;
      if (!isEmpty) yield row;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > LONGEST_ROW) {
      throw badInput(
        `${this.#where}:${this.#line}`,
        phrase`a row of at most ${LONGEST_ROW} characters`,
        phrase`more`,
        phrase`A quote may be missing.`,
      );
    }
  }

  /** Undefined where the row goes on beyond the text. */
  #rowAt(text: string, start: number, isLast: boolean) {
    const [end, space] = [this.#end, this.#space];
    let at = start;
    let line = this.#line;
    const row: TableRow = { line, cells: [] };
    let isEmpty = true;
    for (;;) {
      space.lastIndex = at;
      space.exec(text);
      let quoted: string | undefined;
      if (text[space.lastIndex] === '"') {
        const close = closingQuote(text, space.lastIndex + 1);
        if (close === -1) {
          if (!isLast) return undefined;
          throw badInput(
            `${this.#where}:${line}`,
            phrase`a closing quote`,
            phrase`the end of the file`,
          );
        }
        quoted = text.slice(space.lastIndex + 1, close);
        for (const character of quoted) if (character === '\n') line++;
        at = close + 1;
        isEmpty = false;
      }
      end.lastIndex = at;
      const found = end.exec(text);
      if (found === null && !isLast) return undefined;
      const next = found?.index ?? text.length;
      const bare = text.slice(at, next).trim();
      if (bare !== '') isEmpty = false;
      // Text behind a closing quote belongs to the cell, as spreadsheets have it.
      row.cells.push(quoted === undefined ? bare : quoted.replaceAll('""', '"') + bare);
      at = next + 1;
      if (found === null || found[0] === '\n') break;
      isEmpty = false;
    }
    return { row, isEmpty, next: at, line: line + 1 };
  }
}

/** Index of the quote that ends a cell, which is not one of a pair; -1 where there is none. */
function closingQuote(text: string, start: number): number {
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

/** One line of a table with commas, ended by CRLF as the RFC says. */
export function tableLine(cells: readonly string[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

// What text is drawn for: how wide, and whether in colour.

import { styleText } from 'node:util';

export type Paint = (style: Style, text: string) => string;

/** The few styles that the CLI uses, so that all commands look alike. */
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

export interface Terminal {
  columns: number;
  paint: Paint;
}

const defaultColumns = 80;

/** The width of the terminal, or where there is none what the variable COLUMNS says. Colours appear on a terminal only, unless NO_COLOR or FORCE_COLOR says otherwise. */
export function terminalOf(stream: NodeJS.WriteStream): Terminal {
  return {
    columns: stream.columns || columnsInEnvironment() || defaultColumns,
    paint: (style, text) =>
      text === '' ? '' : styleText(style, text, { stream, validateStream: true }),
  };
}

function columnsInEnvironment(): number | undefined {
  const { COLUMNS } = process.env;
  return COLUMNS !== undefined && /^[1-9]\d{0,4}$/.test(COLUMNS) ? Number(COLUMNS) : undefined;
}

/** For documentation and tests: no colour, always the same width. */
export const plainTerminal: Terminal = { columns: defaultColumns, paint: (_style, text) => text };

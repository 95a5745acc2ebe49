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

/** Colours appear on a terminal only, unless NO_COLOR or FORCE_COLOR says otherwise. */
export function terminalOf(stream: NodeJS.WriteStream): Terminal {
  return {
    columns: stream.columns || defaultColumns,
    paint: (style, text) =>
      text === '' ? '' : styleText(style, text, { stream, validateStream: true }),
  };
}

/** For documentation and tests: no colour, always the same width. */
export const plainTerminal: Terminal = { columns: defaultColumns, paint: (_style, text) => text };

import type { Terminal } from './terminal.ts';
import { wrap } from './words.ts';

/** A titled part of a report, set off by an empty line; nothing where there is no content. */
export function section(title: string, content: string, { columns, paint }: Terminal): string {
  return content === '' ? '' : `\n${paint('bold', wrap(title, columns, ''))}\n${content}\n`;
}

import type { Terminal } from './terminal.ts';

/** A titled part of a report, set off by an empty line; nothing where there is no content. */
export function section(title: string, content: string, { paint }: Terminal): string {
  return content === '' ? '' : `\n${paint('bold', title)}\n${content}\n`;
}

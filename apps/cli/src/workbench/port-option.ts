// `--port`, as commands have it that leave a workbench open.

import { CliError } from '../cli-error.ts';
import { usualPort } from './serve-workbench.ts';

export const portOption = {
  kind: 'text',
  placeholder: 'number',
  help: `The port (default: ${usualPort}, or the next that is free)`,
} as const;

/** @throws CliError `usage` */
export function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new CliError('usage', `--port: expected a number from 0 to 65535, found ${text}.`);
}

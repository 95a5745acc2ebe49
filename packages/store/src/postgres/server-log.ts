// What the server writes, kept in a file because it outlives us, and what of it a person can act on.

import { open, rename, stat } from 'node:fs/promises';
import { type Phrase, phrase } from '@migaki/coco';
import { StoreError, type StoreErrorCode } from '../store-error.ts';

const LARGEST_LOG_BYTES = 5 * 2 ** 20;

/**
 * Sets a log that has grown large aside, as `server.log.1`.
 *
 * @returns the length of what stays, which is where the next start begins to write
 */
export async function rotateLog(file: string): Promise<number> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size <= LARGEST_LOG_BYTES) return size;
  await rename(file, `${file}.1`);
  return 0;
}

export async function readLogFrom(file: string, startByte: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const length = Math.min((await handle.stat()).size - startByte, 64 * 1024);
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(Math.max(length, 0)),
      position: startByte,
    });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The server's own words for trouble that has a name of its own here; the first that fits counts. */
const knownTrouble: { words: RegExp; code: StoreErrorCode; expected: Phrase; advice: Phrase }[] = [
  {
    words: /No space left on device|Disk quota exceeded/,
    code: 'disk-full',
    expected: phrase`free space for the database`,
    advice: phrase`Nothing is lost: free some space and start again.`,
  },
  {
    words: /Permission denied|invalid permissions|wrong ownership/,
    code: 'database-start-failed',
    expected: phrase`a database folder that belongs to its user alone (mode 0700)`,
    advice: phrase`Put back its owner and mode.`,
  },
  {
    words:
      /valid checkpoint record|control file|pg_control|incompatible with server|not a valid data directory|invalid page|could not (open|read|access) file|invalid (contents|magic|data in file)|PANIC/,
    code: 'database-damaged',
    expected: phrase`a readable database folder`,
    advice: phrase`It was left as it is. Restore a backup into a new workspace, or look at the log for the cause.`,
  },
];

/** Turns what the server said before it ended into one error, which quotes the decisive line. */
export function failureFromLog(log: string, where: string): StoreError {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const complaints = lines.filter((line) => /FATAL:|PANIC:|error:|could not/.test(line));
  const quote = (line: string | undefined) =>
    line === undefined
      ? phrase`no reason in its log`
      : line.replace(/^.*?(FATAL|PANIC|LOG|error): +/, '');
  for (const { words, code, expected, advice } of knownTrouble) {
    const line = complaints.find((complaint) => words.test(complaint));
    if (line !== undefined) {
      return new StoreError(code, { where, expected, found: quote(line), advice });
    }
  }
  return new StoreError('database-start-failed', {
    where,
    expected: phrase`the embedded database to start`,
    found: quote(complaints.at(-1) ?? lines.at(-1)),
    advice: phrase`Its log says more.`,
  });
}

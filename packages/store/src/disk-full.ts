// The one failure of a disk that a person can mend, told apart from all others, whoever met it.

import { type Phrase, phrase } from '@migaki/coco';
import { StoreError } from './store-error.ts';

/** What the system says, and PostgreSQL's SQLSTATE for the same. */
const found: Record<string, Phrase> = {
  ENOSPC: phrase`none`,
  EDQUOT: phrase`the quota used up`,
  '53100': phrase`none left for the database`,
};

/**
 * `error` itself, or `disk-full` where that is what it says.
 *
 * @example
 * try { await writeFile(file, bytes); } catch (error) { throw nameDiskFull(error, file); }
 */
export function nameDiskFull(error: unknown, where?: string): unknown {
  const { code = '' } = (error ?? {}) as NodeJS.ErrnoException;
  if (!Object.hasOwn(found, code)) return error;
  return new StoreError(
    'disk-full',
    {
      where,
      expected: phrase`free space on the disk`,
      found: found[code],
      advice: phrase`Nothing is lost: free some space and try again.`,
    },
    { cause: error },
  );
}

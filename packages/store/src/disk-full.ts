// The one failure of a disk that a person can mend, told apart from all others.

import { StoreError } from './store-error.ts';

/**
 * `error` itself, or `disk-full` where that is what it says.
 *
 * @example
 * try { await writeFile(file, bytes); } catch (error) { throw nameDiskFull(error, file); }
 */
export function nameDiskFull(error: unknown, where: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new StoreError(
    'disk-full',
    {
      where,
      expected: 'free space on the disk',
      found: code === 'ENOSPC' ? 'none' : 'the quota used up',
      advice: 'Nothing is lost: free some space and try again.',
    },
    { cause: error },
  );
}

// What the file system says, as one sentence with what to do about it.

import { CliError } from '../cli-error.ts';

const explanations: Record<string, string> = {
  ENOENT: 'there is no such file or folder. Check the spelling',
  EACCES: 'permission denied. Check who may read and write it',
  EPERM: 'the system does not permit it. Check who may read and write it',
  EISDIR: 'expected a file, found a folder',
  ENOTDIR: 'expected a folder, found a file',
  ENOSPC: 'the disk is full. Make room, then run the same command again',
  EDQUOT: 'the disk quota is used up. Make room, then run the same command again',
  EROFS: 'the disk is read-only',
  EMFILE: 'too many files are open. Raise the limit with `ulimit -n`',
  ENAMETOOLONG: 'the name is longer than this file system allows',
  EXDEV: 'a hard link cannot reach another disk. Use --copy',
  EEXIST: 'it is there already',
  EBUSY: 'another program is using it',
  EIO: 'the disk reports an error',
  ELOOP: 'a symbolic link leads back to itself',
};

/**
 * Turns a file system error into a `CliError`: exit `input` where reading failed, `output` where
 * writing did. Any other error comes back as it is.
 */
export function fileError(error: unknown, doing: 'read' | 'write', path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === undefined || !(error instanceof Error) || error instanceof CliError) return error;
  const explanation = explanations[code];
  if (explanation === undefined && (error as NodeJS.ErrnoException).syscall === undefined) {
    return error;
  }
  const sentence = explanation ?? error.message;
  return new CliError(
    doing === 'read' ? 'input' : 'output',
    `Cannot ${doing} ${path}: ${sentence}.`,
  );
}

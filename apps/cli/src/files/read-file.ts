// Files of any size as a stream of pieces, with a progress bar by bytes.

import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { StartProgress } from '../terminal/progress.ts';
import { printable } from '../terminal/words.ts';
import { fileError } from './file-error.ts';

const pieceBytes = 1 << 20;

/**
 * The bytes of a file (or of a pipe such as `/dev/stdin`), read while they are asked for.
 *
 * @throws CliError `input`
 * @example
 * const file = await readCoco(readFilePieces("gt.json", context.startProgress));
 */
export async function* readFilePieces(
  path: string,
  startProgress: StartProgress,
): AsyncGenerator<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    const { size } = await handle.stat();
    const progress = startProgress(`Reading ${printable(basename(path))}`, size, 'bytes');
    try {
      for (;;) {
        const { bytesRead, buffer } = await handle.read(new Uint8Array(pieceBytes));
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
        progress.advance(bytesRead);
      }
    } finally {
      progress.done();
    }
  } catch (error) {
    throw fileError(error, 'read', path);
  } finally {
    await handle?.close();
  }
}

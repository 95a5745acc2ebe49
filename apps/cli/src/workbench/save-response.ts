import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { fileError } from '../files/file-error.ts';
import { makeFolder } from '../files/make-folder.ts';
import { withUnfinished } from '../files/unfinished.ts';

/** Writes what the workbench sends into a file, whole or not at all, with the folder that it is to lie in. @throws CliError `output` */
export async function saveResponse({ body }: Response, target: string): Promise<void> {
  try {
    await withUnfinished(target, async (unfinished, signal) => {
      await makeFolder(dirname(unfinished));
      const source = Readable.fromWeb(body as ReadableStream);
      await pipeline(source, createWriteStream(unfinished, { flush: true }), { signal });
      await rename(unfinished, target);
    });
  } catch (error) {
    throw fileError(error, 'write', target);
  }
}

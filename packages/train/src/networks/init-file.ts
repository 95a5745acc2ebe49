// The file that a training begins from, with weights that lie beside it taken in.

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { readOnnx, writeOnnx } from '@migaki/graph';
import { TrainError } from '../train-error.ts';

/** @throws TrainError `bad-init` */
export async function readInitFile(path: string): Promise<Uint8Array> {
  const refuse = (found: string): never => {
    throw new TrainError('bad-init', { where: path, expected: 'an ONNX file', found });
  };
  const bytes = await readFile(path).catch((error: Error) => refuse(error.message));
  const folder = dirname(resolve(path));
  let isWhole = true;
  try {
    const { model } = readOnnx(bytes, {
      externalData: ({ location, offset, length }) => {
        isWhole = false;
        const beside = resolve(folder, location);
        if (!beside.startsWith(folder + sep)) refuse(`weights outside of its folder: ${location}`);
        return readFileSync(beside).subarray(offset, offset + length);
      },
    });
    return isWhole ? bytes : writeOnnx(model);
  } catch (error) {
    if (error instanceof TrainError) throw error;
    return refuse((error as Error).message);
  }
}

// Models in other precisions than they were trained in: made from the file in float32, and kept as what can be made again.

import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { BlobStore, ModelVersion } from '@migaki/store';
import type { Precision } from '@migaki/train';
import { nameOfModel } from './name-of-model.ts';

const convertedKind = (precision: Precision): string => `model-${precision}`;

/** A model in another precision than float32, which is kept. @throws TrainError `not-a-model` */
export async function keepConverted(
  blobs: BlobStore,
  model: { sha256: string; bytes: Uint8Array; name: string },
  precision: Precision,
): Promise<Uint8Array> {
  // Loaded when it is needed: it brings the runtime with it.
  const { convertModel } = await import('@migaki/train');
  const made = convertModel(model.bytes, precision, model.name);
  await blobs.derived.write(convertedKind(precision), model.sha256, made);
  return made;
}

/** The file of a version in a precision, and how large it is. @throws TrainError `not-a-model` */
export async function modelFile(
  blobs: BlobStore,
  version: ModelVersion,
  precision: Precision,
): Promise<{ content: Readable | Uint8Array; byteSize: number }> {
  const { sha256 } = version;
  if (precision === 'float32') {
    return { content: await blobs.open(sha256), byteSize: await blobs.byteSize(sha256) };
  }
  const known = await blobs.derived.read(convertedKind(precision), sha256);
  if (known !== null) return { content: known, byteSize: known.byteLength };
  const bytes = await buffer(await blobs.open(sha256));
  const made = await keepConverted(blobs, { sha256, bytes, name: nameOfModel(version) }, precision);
  return { content: Buffer.from(made), byteSize: made.byteLength };
}

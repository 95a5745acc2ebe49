// Everything this package offers, one block per folder.

export * from './coco-error.ts';
// file
export { type CocoFile, type ReadCocoOptions, readCoco } from './file/read-coco.ts';
export { type WritableSection, writeCoco } from './file/write-coco.ts';
// json
export type { ByteSource } from './json/byte-source.ts';
export {
  type JsonBatch,
  type OddityAtPath,
  type StreamJsonLimits,
  streamJson,
} from './json/stream-json.ts';
export * from './types.ts';

// Everything this package offers, one block per folder.

export * from './coco-error.ts';
// file
export {
  type CocoFile,
  type OddityAtPath,
  type ReadCocoOptions,
  readCoco,
} from './file/read-coco.ts';
export { type WritableSection, writeCoco } from './file/write-coco.ts';
// json
export type { ByteSource } from './json/byte-source.ts';
export {
  type JsonBatch,
  type JsonOddityAtPath,
  type StreamJsonLimits,
  streamJson,
} from './json/stream-json.ts';
// mask
export { mergeRles, subtractRle } from './mask/combine.ts';
export { bboxIou, bboxIous, rleIou, rleIous } from './mask/iou.ts';
export { type Outline, outlinesFromRle } from './mask/outline.ts';
export { type PolygonOptions, polygonsFromRle } from './mask/polygons.ts';
export { rleFromBbox, rleFromPolygon } from './mask/rasterize.ts';
export {
  bitmapFromRle,
  checkRle,
  type Rle,
  rleArea,
  rleBbox,
  rleFromBitmap,
} from './mask/rle.ts';
export {
  compressedFromRle,
  rleFromText,
  textFromRle,
  uncompressedFromRle,
} from './mask/rle-text.ts';
export { rleFromSegmentation } from './mask/segmentation.ts';
export { simplifyPolygon } from './mask/simplify.ts';
export * from './types.ts';

// validate
export {
  type Problem,
  type ProblemCode,
  problemKinds,
  type Severity,
} from './validate/problem.ts';
export { type Validation, validateCoco } from './validate/validate-coco.ts';

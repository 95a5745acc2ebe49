// The formats whose converters are measured and fuzzed.

import { coco } from '../../packages/coco/src/convert/coco.ts';
import { csv } from '../../packages/coco/src/convert/csv/csv.ts';
import { cvat } from '../../packages/coco/src/convert/cvat/cvat.ts';
import { folderPerClass } from '../../packages/coco/src/convert/folder-per-class.ts';
import type { AnnotationFormat } from '../../packages/coco/src/convert/format.ts';
import { voc } from '../../packages/coco/src/convert/voc/voc.ts';
import { yolo } from '../../packages/coco/src/convert/yolo/yolo.ts';

export const convertedFormats: readonly AnnotationFormat[] = [
  coco,
  yolo,
  voc,
  cvat,
  csv,
  folderPerClass,
];

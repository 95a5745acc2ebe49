// The formats whose converters are measured and fuzzed.

import { cvat } from '../../packages/coco/src/convert/cvat.ts';
import type { AnnotationFormat } from '../../packages/coco/src/convert/format.ts';
import { voc } from '../../packages/coco/src/convert/voc.ts';

export const convertedFormats: readonly AnnotationFormat[] = [voc, cvat];

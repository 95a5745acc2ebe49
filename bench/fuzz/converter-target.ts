// Each converter's reader on damaged copies of what its own writer makes: read or refused, and what was read can be
// validated and written again.

import fc from 'fast-check';
import { safePath } from '../../packages/coco/src/convert/safe-path.ts';
import { damaged } from '../../packages/coco/src/convert/testing/damage.ts';
import { anyDataset } from '../../packages/coco/src/convert/testing/random-dataset.ts';
import {
  type AnnotationFormat,
  type CocoDataset,
  recogniseFormat,
  validateCoco,
  wholeText,
} from '../../packages/coco/src/index.ts';
import { type FuzzTarget, unlessRefused } from './target.ts';

interface ConverterInput {
  dataset: CocoDataset;
  /** Picks the damage, which depends on the files and so on the format. */
  damageSeed: number;
}

interface WrittenFiles {
  texts: Map<string, string>;
  imageSizes: Map<string, { height: number; width: number }>;
}

export function converterTarget(format: AnnotationFormat): FuzzTarget<ConverterInput> {
  return {
    name: `read-${format.name}`,
    inputs: fc.record({ dataset: anyDataset(), damageSeed: fc.integer() }),
    async check({ dataset, damageSeed }) {
      const written = await unlessRefused(() => writtenFiles(format, dataset));
      if (written === undefined || written.texts.size === 0) return;
      const files = new Map(written.texts);
      for (const path of written.imageSizes.keys()) files.set(path, '');
      const trees = damaged(files, written.imageSizes);
      const [tree] = fc.sample(trees, { seed: damageSeed, numRuns: 1 });

      await unlessRefused(() => recogniseFormat(tree));
      const read = await unlessRefused(() => format.read(tree));
      if (read === undefined) return;
      // Throws for a name that would lead out of the dataset's folder.
      for (const { file_name } of read.dataset.images) safePath(file_name);
      validateCoco({ kind: 'instances', dataset: read.dataset, oddities: [] });
      await unlessRefused(() => writtenFiles(format, read.dataset));
    },
  };
}

async function writtenFiles(format: AnnotationFormat, dataset: CocoDataset): Promise<WrittenFiles> {
  const imageOf = new Map(dataset.images.map((image) => [image.file_name, image]));
  const written: WrittenFiles = { texts: new Map(), imageSizes: new Map() };
  for (const file of format.write(dataset).files) {
    if ('text' in file) written.texts.set(file.path, await wholeText(file.text));
    else written.imageSizes.set(file.path, imageOf.get(file.imageFileName)!);
  }
  return written;
}

// Reading a dataset part by part, for whoever hands it on at once: it is then never all in memory, however large it is, in one
// file or in one for each picture.

import type { CocoDataset } from '../types.ts';
import type { AnnotationFormat, ReadPart, ReadResult, SourceTree } from './format.ts';

type ReadParts = NonNullable<AnnotationFormat['readParts']>;

/**
 * The parts of a tree of any format, the last one with all categories; of a format that is read whole there is one.
 *
 * @throws CocoError as `read`; what came before is then not to be used
 * @example
 * for (let step = await parts.next(); ; step = await parts.next()) {
 *   await take(step.value.dataset);
 *   if (step.done) break;
 * }
 */
export async function* readInParts(
  format: AnnotationFormat,
  tree: SourceTree,
): AsyncGenerator<ReadPart, ReadResult> {
  return format.readParts === undefined ? await format.read(tree) : yield* format.readParts(tree);
}

/** `read` of a format that is read in parts. */
export const wholeOf =
  (readParts: ReadParts): AnnotationFormat['read'] =>
  async (tree) => {
    const parts: ReadPart[] = [];
    const reading = readParts(tree);
    for (;;) {
      const { done, value } = await reading.next();
      parts.push(value);
      if (done) return { ...value, ...joined(parts) };
    }
  };

function joined(parts: readonly ReadPart[]): ReadPart {
  const datasets = parts.map(({ dataset }) => dataset);
  const dataset: CocoDataset = {
    ...datasets.at(-1)!,
    images: datasets.flatMap(({ images }) => images),
    annotations: datasets.flatMap(({ annotations }) => annotations),
    categories: datasets.at(-1)!.categories,
  };
  const captions = datasets.flatMap(({ captions = [] }) => captions);
  if (captions.length > 0) dataset.captions = captions;
  return { dataset, imagePaths: new Map(parts.flatMap(({ imagePaths }) => [...imagePaths])) };
}

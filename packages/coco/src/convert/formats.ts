// All formats this package converts between, and how to tell them apart.

import { CocoError } from '../coco-error.ts';
import { phrase } from '../phrase.ts';
import type { CocoDataset } from '../types.ts';
import { coco } from './coco.ts';
import { csv } from './csv/csv.ts';
import { cvat } from './cvat/cvat.ts';
import { folderPerClass } from './folder-per-class.ts';
import type { AnnotationFormat, OutputFile, SourceTree, WriteOptions } from './format.ts';
import { labelStudio } from './label-studio/label-studio.ts';
import { labelme } from './labelme/labelme.ts';
import type { Loss } from './loss.ts';
import { voc } from './voc/voc.ts';
import { yolo } from './yolo/yolo.ts';

/** By the names that the command line knows. */
export const formatByName = {
  coco,
  yolo,
  voc,
  labelme,
  cvat,
  'label-studio': labelStudio,
  'folder-per-class': folderPerClass,
  csv,
} as const satisfies Record<string, AnnotationFormat>;

export type FormatName = keyof typeof formatByName;

export const formats: readonly AnnotationFormat[] = Object.values(formatByName);

/**
 * The format that the files of a tree are of, or null where none fits.
 *
 * @throws CocoError `bad-format-input` where several fit: taking one would pass over the others' annotations.
 *
 * @example
 * const format = (await recogniseFormat(tree)) ?? formatByName.coco;
 */
export async function recogniseFormat(tree: SourceTree): Promise<AnnotationFormat | null> {
  const recognised: AnnotationFormat[] = [];
  for (const format of formats) {
    if (await format.recognises(tree)) recognised.push(format);
  }
  if (recognised.length > 1) {
    throw new CocoError('bad-format-input', {
      where: phrase`the files`,
      expected: phrase`annotations of one format`,
      found: recognised.map(({ title }) => title).join(' and '),
      advice: phrase`Say which one is meant.`,
    });
  }
  return recognised[0] ?? null;
}

export interface Conversion {
  dataset: CocoDataset;
  /** Where in the source each picture lies, by its `file_name`, for the output files that are pictures. */
  imagePaths: Map<string, string>;
  /** To be written; the texts are made while they are read. */
  files: Iterable<OutputFile>;
  readLosses: Loss[];
  /** Complete once `files` and their texts have been read to the end. */
  writeLosses: Loss[];
}

/**
 * From one format to another, with COCO in between.
 *
 * @throws CocoError where the files are not of the format, or a name leads out of the dataset's folder.
 *
 * @example
 * const { files, readLosses, writeLosses } = await convert(tree, 'voc', 'yolo');
 * for (const file of files) await save(file);
 * for (const { feature, count } of [...readLosses, ...writeLosses]) console.log(count, lossFeatures[feature]);
 */
export async function convert(
  tree: SourceTree,
  from: FormatName,
  to: FormatName,
  options?: WriteOptions,
): Promise<Conversion> {
  const read = await formatByName[from].read(tree);
  const written = formatByName[to].write(read.dataset, options);
  return {
    dataset: read.dataset,
    imagePaths: read.imagePaths,
    files: written.files,
    readLosses: read.losses,
    writeLosses: written.losses,
  };
}

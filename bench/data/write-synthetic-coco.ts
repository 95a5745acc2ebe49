// Writes synthetic datasets to disk picture by picture, so that a file of any size takes the memory of one picture.

import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type CocoAnnotation,
  type CocoImage,
  type CocoResult,
  writeCoco,
} from '../../packages/coco/src/index.ts';
import { cachedFolder } from './cache.ts';
import {
  SYNTHETIC_VERSION,
  type SyntheticOptions,
  type SyntheticResult,
  syntheticAnnotations,
  syntheticCategories,
  syntheticImage,
  syntheticResults,
} from './synthetic-coco.ts';

/**
 * A folder with `gt.json`, `gt_keypoints.json` (the people alone), `dt_bbox.json`, `dt_segm.json` and
 * `dt_keypoints.json`, made on first use.
 */
export function syntheticCocoFolder(options: SyntheticOptions): Promise<string> {
  return cachedFolder(folderName('coco', options), (folder) => writeSyntheticCoco(folder, options));
}

/** An instances file alone, made on first use. 118,000 pictures give 860,000 annotations and about 450 MB. */
export async function syntheticInstancesFile(options: SyntheticOptions): Promise<string> {
  const name = 'instances.json';
  const folder = await cachedFolder(folderName('instances', options), (unfinished) =>
    writeFile(join(unfinished, name), groundTruth(options)),
  );
  return join(folder, name);
}

/** Writes ground truth and results into an existing folder. */
export async function writeSyntheticCoco(folder: string, options: SyntheticOptions): Promise<void> {
  const files = {
    'gt.json': groundTruth(options),
    'gt_keypoints.json': groundTruth(options, ({ keypoints }) => keypoints !== undefined),
    'dt_bbox.json': results(options, ({ box }) => box),
    'dt_segm.json': results(options, ({ mask }) => mask()),
    'dt_keypoints.json': results(options, ({ pose }) => pose),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}

function groundTruth(
  options: SyntheticOptions,
  wanted: (annotation: CocoAnnotation) => boolean = () => true,
) {
  return {
    info: { description: `synthetic, seed ${options.seed}` },
    images: images(options),
    annotations: annotations(options, wanted),
    categories: syntheticCategories(options),
  };
}

function* images(options: SyntheticOptions): Iterable<CocoImage> {
  for (let index = 0; index < options.images; index++) yield syntheticImage(options, index);
}

function* annotations(
  options: SyntheticOptions,
  wanted: (annotation: CocoAnnotation) => boolean,
): Iterable<CocoAnnotation> {
  for (const image of images(options)) {
    for (const annotation of syntheticAnnotations(options, image)) {
      if (wanted(annotation)) yield annotation;
    }
  }
}

function* results(
  options: SyntheticOptions,
  kind: (result: SyntheticResult) => CocoResult | null,
): Iterable<CocoResult> {
  for (const image of images(options)) {
    for (const result of syntheticResults(options, image, syntheticAnnotations(options, image))) {
      const entry = kind(result);
      if (entry !== null) yield entry;
    }
  }
}

function writeFile(path: string, content: Parameters<typeof writeCoco>[0]): Promise<void> {
  return pipeline(Readable.from(writeCoco(content)), createWriteStream(path));
}

function folderName(kind: string, { seed, images, ...rest }: SyntheticOptions): string {
  const details = Object.entries(rest).map(([name, value]) => `-${name}-${value}`);
  return `${kind}-v${SYNTHETIC_VERSION}-images-${images}-seed-${seed}${details.join('')}`;
}

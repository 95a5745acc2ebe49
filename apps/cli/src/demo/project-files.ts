// The pictures of the demonstration, as a folder that can be imported: drawn, or a user's own.

import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { CocoAnnotation, CocoDataset } from '@migaki/coco';
import { drawnCells, randomOf, writeDrawnSet } from '@migaki/train/drawn';
import { CliError } from '../cli-error.ts';
import { readGroundTruth } from '../files/read-coco-file.ts';
import type { StartProgress } from '../terminal/progress.ts';
import { counted } from '../terminal/words.ts';
import { type HalfLabelled, halfLabelled } from './half-labelled.ts';

const drawnCount = 120;
/** Of a user's own pictures: with fewer there is nothing to learn, with more there is no time. */
const [leastPictures, mostPictures] = [20, 400];

export interface ProjectFiles extends HalfLabelled {
  /** How many pictures there were to choose from. */
  foundCount: number;
}

/** Draws blood cells into `images/` of the folder, and writes `labels.json` beside it. */
export async function drawProject(folder: string, seed: number): Promise<ProjectFiles> {
  const set = drawnCells(drawnCount, seed);
  await writeDrawnSet(set, join(folder, 'images'));
  return writeLabels(folder, set.dataset, set.dataset.images.length, seed);
}

/**
 * Copies a user's labelled pictures into `images/` of the folder, and writes `labels.json` beside it.
 *
 * @throws CliError `input`, CocoError
 */
export async function copyProject(
  folder: string,
  { images, labels }: { images: string; labels: string },
  seed: number,
  startProgress: StartProgress,
): Promise<ProjectFiles> {
  if (!existsSync(images)) {
    throw new CliError('input', `Expected --images with a folder of pictures, found no ${images}.`);
  }
  const dataset = await readGroundTruth(labels, startProgress);
  const boxes = dataset.annotations.filter(({ bbox, iscrowd }) => bbox && iscrowd !== 1);
  const labelled = new Set(boxes.map(({ image_id }) => image_id));
  const found = dataset.images.flatMap((image) => {
    const path = [image.file_name, basename(image.file_name)]
      .map((name) => join(images, name))
      .find((each) => existsSync(each));
    return path === undefined || !labelled.has(image.id) ? [] : [{ image, path }];
  });
  if (found.length < leastPictures) {
    const named = counted(dataset.images.length, 'picture');
    const isInFolder = found.length > 0 || labelled.size < leastPictures;
    throw new CliError(
      'input',
      `Expected at least ${leastPictures} pictures with boxes, found ${found.length}: ${labels} names ${named}, ${labelled.size} of them with boxes` +
        (isInFolder
          ? '. Label some more, or bring them into a dataset and train there (npm start).'
          : `, none of which is in ${images}, such as ${dataset.images[0].file_name}. ` +
            'Name the folder to which the file names of the label file are relative.'),
    );
  }
  const random = randomOf(seed, 21);
  const chosen = found
    .map((each) => ({ ...each, place: random.uniform() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, mostPictures);
  await mkdir(join(folder, 'images'), { recursive: true });
  const names = new Set<string>();
  const kept = [];
  for (const { image, path } of chosen) {
    const name = basename(image.file_name);
    const file_name = names.has(name) ? `${image.id}-${name}` : name;
    names.add(file_name);
    await copyFile(path, join(folder, 'images', file_name));
    kept.push({ ...image, file_name });
  }
  const ids = new Set(kept.map(({ id }) => id));
  const annotations = boxes.filter(({ image_id }) => ids.has(image_id));
  return writeLabels(folder, { ...dataset, images: kept, annotations }, found.length, seed);
}

/**
 * What a folder of pictures is about, told by its path.
 *
 * @example nameOfPictures('data/bccd/images') // 'bccd'
 */
export function nameOfPictures(folder: string): string {
  const parts = resolve(folder).split(/[\\/]/);
  const saying = parts.findLast((part) => part !== '' && !sayNothing.test(part)) ?? 'demo';
  // An @ would make it a version of a model.
  return saying.replaceAll('@', ' ').trim() || 'demo';
}

const sayNothing = /^(images?|imgs?|pictures?|photos?|data|train\d*|val\d*|jpe?gimages)$/i;

/** Boxes alone: they are what the detector learns, and what the simulated person corrects. */
const boxOf = ({ id, image_id, category_id, bbox }: CocoAnnotation): CocoAnnotation => ({
  id,
  image_id,
  category_id,
  bbox,
  area: bbox![2] * bbox![3],
  iscrowd: 0,
});

async function writeLabels(
  folder: string,
  dataset: CocoDataset,
  foundCount: number,
  seed: number,
): Promise<ProjectFiles> {
  const truth = { ...dataset, annotations: dataset.annotations.map(boxOf) };
  const project = halfLabelled(truth, randomOf(seed, 22).uniform);
  await writeFile(join(folder, 'labels.json'), JSON.stringify(project.shown));
  return { ...project, foundCount };
}

// One batch from its request: pictures read, laid into the input, and encoded for the task. It depends on the request and
// the settings alone, whichever process makes it.

import { createHash } from 'node:crypto';
import { fitted } from '../augment/layout.ts';
import { type Opened, type Placed, placeFitted, placeVaried } from '../augment/place.ts';
import type { Recipe } from '../augment/recipe.ts';
import type { PixelCache } from '../pictures/pixel-cache.ts';
import { fillLevel, type Raster } from '../pictures/raster.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { randomOf, streams } from '../random/random.ts';
import type { LabelledPicture } from '../samples/training-set.ts';
import { encoders } from '../tasks/encoders.ts';
import type { Batch, BatchItem, BatchRequest, LoaderSettings, Unreadable } from './batch.ts';

export async function makeBatch(
  settings: LoaderSettings,
  cache: PixelCache,
  { id, items, recipe }: BatchRequest,
): Promise<Batch> {
  const unreadable: Unreadable[] = [];
  const placed = await Promise.all(
    items.map((item) => placeItem(settings, cache, item, recipe, unreadable)),
  );
  const { width, height } = settings.input;
  const planeBytes = 3 * width * height;
  const data = new Uint8Array(placed.length * planeBytes);
  for (const [i, { planes }] of placed.entries()) data.set(planes.data, i * planeBytes);
  const pictures = { type: 'uint8', shape: [placed.length, 3, height, width], data } as const;
  const targets = encoders[settings.plan.task](placed, settings.plan as never, settings.input);
  const keys = items.map(({ key }) => key);
  return { id, keys, tensors: { pictures, ...targets }, unreadable };
}

async function placeItem(
  settings: LoaderSettings,
  cache: PixelCache,
  { key, pictures }: BatchItem,
  recipe: Recipe | null,
  unreadable: Unreadable[],
): Promise<Placed> {
  const { input, classes, seed } = settings;
  const opened = await Promise.all(
    pictures.map((picture) => open(picture, settings, cache, recipe, unreadable)),
  );
  if (recipe === null) return placeFitted(opened[0], input, classes);
  return placeVaried(opened, input, classes, recipe, randomOf(seed, streams.augmentation, key));
}

async function open(
  picture: LabelledPicture,
  { input }: LoaderSettings,
  cache: PixelCache,
  recipe: Recipe | null,
  unreadable: Unreadable[],
): Promise<Opened> {
  const size = keptSize(picture, input, recipe);
  // By its file: pictures of two datasets may have one id.
  const file = createHash('sha256').update(picture.path).digest('hex');
  const name = `${file}-${size.width}x${size.height}`;
  try {
    return { picture, raster: await cache.get(name, () => readPicture(picture.path, size)) };
  } catch (error) {
    const { imageId, fileName } = picture;
    unreadable.push({ imageId, fileName, reason: (error as Error).message });
    return { picture: { ...picture, objects: [], labels: [] }, raster: greyPicture };
  }
}

const greyPicture: Raster = { width: 1, height: 1, data: new Uint8Array(3).fill(fillLevel) };

/** Pixels enough for the largest that the recipe makes of a picture, and no more than it has. */
function keptSize(picture: LabelledPicture, input: LoaderSettings['input'], recipe: Recipe | null) {
  const { size } = fitted(picture, input);
  if (recipe === null) return size;
  const factor = Math.min(picture.width / size.width, Math.max(1, recipe.scale[1]));
  return {
    width: Math.max(1, Math.round(size.width * factor)),
    height: Math.max(1, Math.round(size.height * factor)),
  };
}

// Sets of pictures that the project draws itself, with everything known of them: to try a training with, to test it, and to
// measure it. The same number gives the same picture everywhere.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CocoDataset } from '@migaki/coco';
import sharp from 'sharp';
import type { LocatedDataset } from '../run/run-folder.ts';

export interface DrawnSet {
  readonly dataset: CocoDataset;
  /** The picture of an image of the dataset, by its position there, as SVG. */
  readonly svg: (index: number) => string;
}

/** The file of one picture, by the ending of its name. */
export function drawnPicture({ dataset, svg }: DrawnSet, index: number): Promise<Buffer> {
  const picture = sharp(Buffer.from(svg(index)));
  const isJpeg = dataset.images[index].file_name.endsWith('.jpg');
  return (isJpeg ? picture.jpeg({ quality: 88 }) : picture.png()).toBuffer();
}

/** Draws all pictures into a folder. */
export async function writeDrawnSet(set: DrawnSet, folder: string): Promise<LocatedDataset> {
  await mkdir(folder, { recursive: true });
  const images = [];
  for (const [index, image] of set.dataset.images.entries()) {
    const path = join(folder, image.file_name);
    await writeFile(path, await drawnPicture(set, index));
    images.push({ ...image, path });
  }
  return { ...set.dataset, images };
}

// The dataset of blood cells (BCCD), which is not part of the project: `--data` names its folder.

import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { readCoco } from '@migaki/coco';
import type { LocatedDataset } from '../../packages/train/src/run/run-folder.ts';
import { UsageError } from '../harness/options.ts';

/** @param part `train`, `val` or `test` */
export async function partOf(folder: string, part: string): Promise<LocatedDataset> {
  const file = await readCoco(createReadStream(join(folder, `instances_${part}.json`)));
  if (file.kind !== 'instances') throw new UsageError(`instances_${part}.json: no instances file`);
  const { dataset } = file;
  return {
    ...dataset,
    images: dataset.images.map((image) => ({
      ...image,
      path: join(folder, 'images', image.file_name),
    })),
  };
}

/** Parts of one dataset, counted anew. */
export function joined(parts: readonly LocatedDataset[]): LocatedDataset {
  const images = new Map(
    parts.flatMap((part) => part.images).map((image, i) => [image, { ...image, id: i + 1 }]),
  );
  const annotations = parts.flatMap((part) => {
    const newId = new Map(part.images.map((image) => [image.id, images.get(image)!.id]));
    return part.annotations.map((annotation) => ({
      ...annotation,
      image_id: newId.get(annotation.image_id)!,
    }));
  });
  return {
    ...parts[0],
    images: [...images.values()],
    annotations: annotations.map((annotation, i) => ({ ...annotation, id: i + 1 })),
  };
}

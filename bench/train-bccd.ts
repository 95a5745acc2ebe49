// A detector from scratch on photographs of blood cells (BCCD), which are not part of the project: learned on train and val,
// measured on test, all within a time of wall clock.

import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { readCoco } from '@migaki/coco';
import type { LocatedDataset } from '../packages/train/src/run/run-folder.ts';
import { saveInCache } from './data/cache.ts';
import type { Bench } from './harness/bench.ts';
import { UsageError } from './harness/options.ts';
import { trained } from './harness/trained.ts';

export const trainBccd: Bench = {
  name: 'train-bccd',
  title: 'a detector of blood cells from scratch in eight minutes',
  long: true,
  async *run({ options, note }) {
    const { seconds = 480, seed, data } = options;
    if (data === undefined) {
      throw new UsageError('train-bccd: --data names the folder with instances_train.json, …');
    }
    const {
      result,
      scores,
      seconds: took,
      model,
    } = await trained({
      settings: { task: 'detect', minutes: seconds / 60, seed },
      training: joined(await partOf(data, 'train'), await partOf(data, 'val')),
      test: await partOf(data, 'test'),
      note,
    });
    note(`${result.steps} steps; the model lies in ${saveInCache('bccd.onnx', model)}`);
    for (const [i, { name }] of result.card.classes.entries()) {
      const { AP, AP50 } = scores.perClass[i];
      note(`${name}: AP50 ${AP50.toFixed(3)}, AP ${AP.toFixed(3)}`);
    }
    const { AP, AP50 } = scores.values;
    yield {
      figure: 'AP50',
      value: AP50,
      unit: '',
      better: 'higher',
      target: { valueAtLeast: 0.9 },
    };
    yield { figure: 'AP', value: AP, unit: '', better: 'higher', target: { valueAtLeast: 0.55 } };
    yield {
      figure: 'wall clock',
      value: took,
      unit: 's',
      better: 'lower',
      target: { valueAtMost: seconds },
    };
    yield {
      figure: 'share of the time in steps',
      value: 100 * result.busyShare,
      unit: '%',
      better: 'higher',
      target: { valueAtLeast: 95 },
    };
  },
};

async function partOf(folder: string, part: string): Promise<LocatedDataset> {
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

/** Two parts of one dataset, counted anew. */
function joined(a: LocatedDataset, b: LocatedDataset): LocatedDataset {
  const images = new Map(
    [...a.images, ...b.images].map((image, i) => [image, { ...image, id: i + 1 }]),
  );
  const annotations = [a, b].flatMap((part) => {
    const newId = new Map(part.images.map((image) => [image.id, images.get(image)!.id]));
    return part.annotations.map((annotation) => ({
      ...annotation,
      image_id: newId.get(annotation.image_id)!,
    }));
  });
  return {
    ...a,
    images: [...images.values()],
    annotations: annotations.map((annotation, i) => ({ ...annotation, id: i + 1 })),
  };
}

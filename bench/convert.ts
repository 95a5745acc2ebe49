// Each converter both ways, files held in memory: how many pictures a second with all their annotations.

import { formats, treeOfFiles } from '../packages/coco/src/index.ts';
import { syntheticDataset } from './data/synthetic-coco.ts';
import type { Bench } from './harness/bench.ts';
import { median, secondsOf, takeTurns } from './harness/measure.ts';

export const convert: Bench = {
  name: 'convert',
  title: 'converters both ways, 1,000 pictures of 7 objects, files in memory',
  async *run({ options }) {
    const { seed, images = 1000, runs = 3 } = options;
    const dataset = syntheticDataset({ images, seed });
    const imageOf = new Map(dataset.images.map((image) => [image.file_name, image]));
    for (const format of formats) {
      const write = () =>
        treeOfFiles(format.write(dataset).files, (fileName) => imageOf.get(fileName)!);
      const tree = await write();
      const { writing, reading } = await takeTurns(runs, {
        writing: () => secondsOf(write),
        reading: () => secondsOf(() => format.read(tree)),
      });
      const speed = { unit: 'pictures/s', better: 'higher' } as const;
      yield { figure: `${format.name}: write`, value: images / median(writing), ...speed };
      yield { figure: `${format.name}: read`, value: images / median(reading), ...speed };
    }
  },
};

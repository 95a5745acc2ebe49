import { defineCommand } from '../definition/command.ts';
import { readCocoFile } from '../files/read-coco-file.ts';
import { countStatistics } from '../reports/statistics.ts';
import { shownCategories, statisticsText } from '../reports/statistics-text.ts';

export const stats = defineCommand({
  name: 'stats',
  summary: 'Show what is in a COCO file: categories, sizes, objects per picture',
  description:
    'Counts pictures, annotations and categories, and shows how large the objects are, how many ' +
    'a picture has, and which keypoints are visible. Takes every kind of COCO file: instances, ' +
    'keypoints, captions, panoptic and results.',
  arguments: {
    file: { help: 'A COCO file', completes: 'file' },
  },
  options: {
    all: { kind: 'flag', help: `Show all categories, not only the ${shownCategories} largest` },
  },
  examples: [
    { command: 'npx migaki stats instances_train.json', explains: 'What is in this dataset?' },
    {
      command: "npx migaki stats instances_train.json --json | jq '.categories[].name'",
      explains: 'The names of its categories, for a script',
    },
  ],
  exits: ['input'],
  async run({ arguments: { file }, options: { all }, startProgress }) {
    const coco = await readCocoFile(file, startProgress);
    const statistics = countStatistics(coco);
    return {
      exit: 'ok',
      report: () => ({ file, ...statistics }),
      text: (terminal) => statisticsText(file, statistics, all, terminal),
    };
  },
});

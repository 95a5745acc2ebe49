import type { ImageToLabel } from '@migaki/api';
import { defineCommand } from '../definition/command.ts';
import { transferText } from '../reports/transfer.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { printable } from '../terminal/words.ts';
import { dataOption } from '../workbench/data-option.ts';
import { datasetNamed } from '../workbench/find-dataset.ts';
import { followJob } from '../workbench/follow-job.ts';
import { modelOption } from '../workbench/model-option.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

const usualCount = 50;
const mostCount = 10_000;

export const next = defineCommand({
  name: 'next',
  summary: 'Choose which pictures of a dataset to label next, so that a label teaches the most',
  description:
    'The model looks at every picture without labels. Chosen are those of which it is unsure and which are like nothing that is ' +
    'labelled, or chosen before them. From then on queries know next (its place, from 1 on) and the order next, so that the grid ' +
    'and the annotator go through them. Run again after each round: it replaces what was chosen before.\n\n' +
    'Without --model how unlike pictures are alone decides, as migaki embeddings compared them last.\n\n' +
    'Ends with 1 where some pictures are missing or could not be read; the latter are named.',
  arguments: { dataset: { help: 'The name or number of a dataset' } },
  options: {
    model: modelOption,
    count: {
      kind: 'number',
      placeholder: 'count',
      whole: true,
      min: 1,
      max: mostCount,
      help: `How many to choose (default: ${usualCount})`,
    },
    filter: { kind: 'text', placeholder: 'query', help: 'Only from images that match' },
    data: dataOption,
  },
  examples: [
    {
      command: 'npx migaki next cells --model cells@champion --count 100',
      explains: 'The hundred pictures that teach the best model the most',
    },
    {
      command: "npx migaki query cells 'next<=10' --sort next",
      explains: 'Then list the first ten of them',
    },
  ],
  exits: ['problems', 'input', 'service', 'interrupted', 'terminated'],
  async run({ arguments: { dataset }, options, startProgress }) {
    const { model, count = usualCount, filter } = options;
    return withWorkbench({ data: options.data, runsJobs: true }, async (workbench) => {
      const { client } = workbench;
      const { id: datasetId } = await datasetNamed(client, dataset);
      const params = { datasetId };
      const body = { model, count, query: filter };
      const { job } = await client.startNextToLabel({ params, body });
      const { result } = await followJob(workbench, job, startProgress);
      const { problemCount, missingPictureCount } = result as Record<string, number>;
      const { items } = await client.listNextToLabel({ params, query: { limit: count } });
      return {
        exit: problemCount + missingPictureCount === 0 ? 'ok' : 'problems',
        report: () => ({ ...(plainEnglish(result) as object), images: items }),
        text: (terminal) =>
          [
            transferText(result, terminal, 'Not looked at'),
            ...(items.length === 0 ? [] : ['', choiceTable(items, terminal)]),
          ].join('\n'),
      };
    });
  },
});

function choiceTable(items: readonly ImageToLabel[], terminal: Terminal): string {
  const columns = [
    { title: 'place', align: 'right' },
    { title: 'unsure', align: 'right' },
    { title: 'new', align: 'right' },
    { title: 'picture', maxCharacters: 60 },
  ] as const;
  const rows = items.map(({ position, uncertainty, novelty, fileName }) => [
    String(position),
    uncertainty === null ? '–' : uncertainty.toFixed(2),
    novelty.toFixed(2),
    printable(fileName),
  ]);
  return drawTable(columns, rows, terminal);
}

import { sortOrders } from '@migaki/api';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { drawTable } from '../terminal/table.ts';
import { printable, thousands } from '../terminal/words.ts';
import { dataOption } from '../workbench/data-option.ts';
import { datasetNamed } from '../workbench/find-dataset.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

const usualLimit = 50;

export const query = defineCommand({
  name: 'query',
  summary: 'List the images of a dataset that match a query',
  description:
    'The query language is that of the workbench: category:RBC, count(RBC)>10, status:review, ' +
    'tag:night, score<0.5, name:*day2*, with - to deny, or, and brackets. One that begins with - stands ' +
    'after --: query cells -- -category:WBC.',
  arguments: {
    dataset: { help: 'The name or number of a dataset' },
    query: { help: 'The query; left out, all images', optional: true },
  },
  options: {
    sort: { kind: 'choice', choices: sortOrders, default: 'name', help: 'The order' },
    limit: {
      kind: 'text',
      placeholder: 'number',
      help: `How many to list, up to 500 (default: ${usualLimit})`,
    },
    data: dataOption,
  },
  examples: [
    { command: "npx migaki query cells 'count(RBC)>10 -category:WBC'", explains: 'Crowded ones' },
    {
      command: "npx migaki query cells 'score<0.5' --sort score --json | jq -r '.items[].fileName'",
      explains: 'The names of the most doubtful, for a script',
    },
  ],
  exits: ['input', 'service'],
  async run({ arguments: { dataset, query: q = '' }, options: { sort, limit, data } }) {
    const count = Number(limit ?? usualLimit);
    if (!Number.isInteger(count) || count < 1 || count > 500) {
      throw new CliError('usage', `--limit: expected a number from 1 to 500, found ${limit}.`);
    }
    return withWorkbench({ data, runsJobs: false }, async ({ client }) => {
      const { id: datasetId } = await datasetNamed(client, dataset);
      const params = { datasetId };
      const page = await client.listImages({ params, query: { q, sort, limit: count } });
      const items = page.items.map(({ overlays: _, ...image }) => image);
      return {
        exit: 'ok',
        report: () => ({ ...page, items }),
        text: (terminal) =>
          [
            drawTable(
              [
                { title: 'image', align: 'right' },
                { title: 'name', maxCharacters: 60 },
                { title: 'status' },
                { title: 'objects', align: 'right' },
                { title: 'tags', maxCharacters: 30 },
              ],
              items.map(({ id, fileName, status, objectCount, tags }) => [
                String(id),
                printable(fileName),
                status,
                thousands(objectCount),
                printable(tags.join(', ')),
              ]),
              terminal,
            ),
            terminal.paint('dim', `  ${thousands(items.length)} of ${thousands(page.total)}`),
          ].join('\n'),
      };
    });
  },
});

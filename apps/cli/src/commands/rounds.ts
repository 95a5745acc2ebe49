import { defineCommand } from '../definition/command.ts';
import { roundsText } from '../reports/rounds-text.ts';
import { dataOption } from '../workbench/data-option.ts';
import { datasetNamed } from '../workbench/find-dataset.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

export const rounds = defineCommand({
  name: 'rounds',
  summary: 'Show what models saved the people of a dataset, and how good they became',
  description:
    'How the labels came to be, how many keys and strokes looking over took instead of drawing, how much time proposals saved, ' +
    'how many mistakes slip through, and each model that was made of the dataset with its labels, work and quality.\n\n' +
    'Time saved is measured against pictures that came without proposals, mistakes with some that were slipped in: see --controls ' +
    'and --mistakes of migaki preannotate.',
  arguments: { dataset: { help: 'The name or number of a dataset' } },
  options: { data: dataOption },
  examples: [
    { command: 'npx migaki rounds cells', explains: 'What the page Rounds shows' },
    {
      command: 'npx migaki rounds cells --json',
      explains: 'Every figure, with its interval of 95 %',
    },
  ],
  exits: ['input', 'service'],
  async run({ arguments: { dataset }, options }) {
    return withWorkbench({ data: options.data, runsJobs: false }, async ({ client }) => {
      const { id: datasetId } = await datasetNamed(client, dataset);
      const params = { datasetId };
      const [{ rounds: made }, savings] = await Promise.all([
        client.listRounds({ params }),
        client.getSavings({ params }),
      ]);
      return {
        exit: 'ok',
        report: () => ({ rounds: made, savings }),
        text: (terminal) => roundsText(made, savings, terminal),
      };
    });
  },
});

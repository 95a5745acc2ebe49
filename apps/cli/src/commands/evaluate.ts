import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { pairsOf, scoreOf } from '../definition/typed-values.ts';
import { measuredText } from '../reports/measured-text.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { dataOption } from '../workbench/data-option.ts';
import { datasetNamed } from '../workbench/find-dataset.ts';
import { followJob } from '../workbench/follow-job.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

export const evaluate = defineCommand({
  name: 'evaluate',
  summary: 'Measure a model on a dataset, and keep what became of each object',
  description:
    'The model looks at the labelled pictures of a version of the dataset, but for those that it learned from. What it ' +
    'found is compared with the labels, by the measures of its task. The numbers, and each object that was missed, found ' +
    'where there is nothing, taken for something else or badly placed, are kept; the pages show them.\n\n' +
    'Ends with 1 where some pictures are missing or could not be read; they are named.',
  arguments: { model: { help: 'The model: cells, cells@3 or cells@champion' } },
  options: {
    dataset: { kind: 'text', placeholder: 'dataset', help: 'The name or number of a dataset' },
    version: { kind: 'text', placeholder: 'name', help: 'A version instead of now' },
    filter: {
      kind: 'text',
      placeholder: 'query',
      help: 'Only images that match',
      conflicts: ['version'],
    },
    withLearned: { kind: 'flag', help: 'Also pictures that the model learned from' },
    threshold: {
      kind: 'text',
      placeholder: 'score',
      help: 'From which score on what was found counts as found (default: the one with the greatest F1)',
    },
    map: {
      kind: 'text',
      placeholder: 'pairs',
      help: 'Which class of the model is which category of the dataset: cell=RBC,dot=Platelets',
    },
    value: {
      kind: 'text',
      placeholder: 'field',
      help: 'The field of images that a regression is compared with, where its run does not say',
    },
    data: dataOption,
  },
  examples: [
    {
      command: 'npx migaki evaluate cells@champion --dataset cells',
      explains: 'How good is it on pictures that it has not seen?',
    },
    {
      command:
        "npx migaki evaluate cells --dataset cells --filter split:test --json | jq '.metrics.AP'",
      explains: 'One number, for a script',
    },
  ],
  exits: ['problems', 'input', 'service', 'interrupted', 'terminated'],
  async run({ arguments: { model }, options, startProgress }) {
    const { dataset, version, filter: query, withLearned, value: valueField } = options;
    if (dataset === undefined) {
      throw new CliError('usage', 'Expected --dataset with the name of a dataset, found none.');
    }
    const map = pairsOf(options.map ?? '', '--map');
    const { threshold } = options;
    const scoreThreshold = threshold === undefined ? undefined : scoreOf(threshold, '--threshold');
    return withWorkbench({ data: options.data, runsJobs: true }, async (workbench) => {
      const { client } = workbench;
      const { id: datasetId } = await datasetNamed(client, dataset);
      const { job } = await client.startEvaluation({
        params: { datasetId },
        body: { model, version, query, withLearned, scoreThreshold, map, valueField },
      });
      const { result } = await followJob(workbench, job, startProgress);
      const { evaluationId, problems } = result as { evaluationId: number; problems: [] };
      const measured = await client.getEvaluation({ params: { evaluationId } });
      return {
        exit: measured.leftOut.problemCount === 0 ? 'ok' : 'problems',
        report: () => ({ ...measured, problems: plainEnglish(problems) }),
        text: (terminal) => measuredText(measured, problems, terminal),
      };
    });
  },
});

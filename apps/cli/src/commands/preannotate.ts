import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { pairsOf, scoreOf } from '../definition/typed-values.ts';
import { transferText } from '../reports/transfer.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { dataOption } from '../workbench/data-option.ts';
import { datasetNamed } from '../workbench/find-dataset.ts';
import { followJob } from '../workbench/follow-job.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

export const preannotate = defineCommand({
  name: 'preannotate',
  summary: 'Let a model propose what is in the pictures of a dataset',
  description:
    'The model looks at every picture, and what it finds becomes proposals with scores, to be accepted, corrected ' +
    'or rejected in the pages. Run again, also with a later version, it replaces those of its own proposals that nobody has ' +
    'decided on; what people drew, accepted or rejected stays, and is not proposed once more.\n\n' +
    'Ends with 1 where some pictures are missing or could not be read; they are named.',
  arguments: { dataset: { help: 'The name or number of a dataset' } },
  options: {
    model: {
      kind: 'text',
      placeholder: 'model',
      help: 'The model: cells, cells@3 or cells@champion',
    },
    threshold: {
      kind: 'text',
      placeholder: 'scores',
      help: 'From which score on: 0.5, or for some classes RBC=0.7,WBC=0.3 (default: 0.5)',
    },
    onlyUnlabelled: {
      kind: 'flag',
      help: 'Leave out pictures on which something was drawn or accepted',
    },
    filter: { kind: 'text', placeholder: 'query', help: 'Only images that match' },
    map: {
      kind: 'text',
      placeholder: 'pairs',
      help: 'Which class of the model is which category of the dataset: cell=RBC,dot=Platelets',
    },
    data: dataOption,
  },
  examples: [
    {
      command: 'npx migaki preannotate cells --model cells@champion --only-unlabelled',
      explains: 'Proposals for every picture that nobody has labelled',
    },
    {
      command:
        'npx migaki preannotate cells --model found --threshold 0.4,RBC=0.7 --map cell=RBC --filter "tag:night"',
      explains: 'Of some pictures alone, with scores and names of its own',
    },
  ],
  exits: ['problems', 'input', 'service', 'interrupted', 'terminated'],
  async run({ arguments: { dataset }, options, startProgress }) {
    const { model, onlyUnlabelled, filter } = options;
    if (model === undefined) {
      throw new CliError('usage', 'Expected --model with the name of a model, found none.');
    }
    const map = pairsOf(options.map ?? '', '--map');
    const scores = thresholdsOf(options.threshold ?? '');
    return withWorkbench({ data: options.data, runsJobs: true }, async (workbench) => {
      const { client } = workbench;
      const { id: datasetId } = await datasetNamed(client, dataset);
      const body = { model, query: filter, onlyUnlabelled, map, ...scores };
      const started = await client.startPreannotation({ params: { datasetId }, body });
      const { result } = await followJob(workbench, started.job, startProgress);
      const { problemCount } = result as { problemCount: number };
      return {
        exit: problemCount === 0 ? 'ok' : 'problems',
        report: () => plainEnglish(result) as object,
        text: (terminal) => transferText(result, terminal, 'Not looked at'),
      };
    });
  },
});

/** `0.5`, `RBC=0.7`, or both with a comma between. */
function thresholdsOf(text: string): {
  threshold?: number;
  thresholds: Record<string, number>;
} {
  const parts = text.split(',').map((part) => part.trim());
  const alone = parts.filter((part) => part !== '' && !part.includes('='));
  const pairs = pairsOf(parts.filter((part) => part.includes('=')).join(','), '--threshold');
  if (alone.length > 1) {
    throw new CliError('usage', `Expected --threshold with one score for all, found ${alone}.`);
  }
  return {
    ...(alone.length === 1 && { threshold: scoreOf(alone[0], '--threshold') }),
    thresholds: Object.fromEntries(
      Object.entries(pairs).map(([name, score]) => [name, scoreOf(score, '--threshold')]),
    ),
  };
}

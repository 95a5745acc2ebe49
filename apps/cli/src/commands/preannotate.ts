import { basename, resolve } from 'node:path';
import type { Dataset, Job, PrecisionScores } from '@migaki/api';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { pairsOf, scoreOf, shareOf } from '../definition/typed-values.ts';
import { readClassNames } from '../files/class-names.ts';
import { precisionText } from '../reports/precision-text.ts';
import { transferText } from '../reports/transfer.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { dataOption } from '../workbench/data-option.ts';
import { endpointOptions, endpointSettings } from '../workbench/endpoint-options.ts';
import { datasetNamed } from '../workbench/find-dataset.ts';
import { followJob } from '../workbench/follow-job.ts';
import { modelOption } from '../workbench/model-option.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

export const preannotate = defineCommand({
  name: 'preannotate',
  summary: 'Let a model propose what is in the pictures of a dataset',
  description:
    'The model looks at every picture, and what it finds becomes proposals with scores, to be accepted, corrected ' +
    'or rejected in the pages. Run again, also with a later version, it replaces those of its own proposals that nobody has ' +
    'decided on; what people drew, accepted or rejected stays, and is not proposed once more. A dataset without categories gets ' +
    'those of the model, or those that the results or the endpoint list.\n\n' +
    'With --precision, each class is proposed from the lowest score on from which the last evaluation of the model found so ' +
    'much to be right; a class that never is so sure is not proposed.\n\n' +
    'With --results, what a model found elsewhere is proposed: a list of COCO results, or a COCO file whose annotations ' +
    'have scores. A picture is known by its file name, or by an id, which is the dataset’s own unless --labels or the file ' +
    'itself says what it means. Given again, a file replaces the proposals of its source alone; on pictures that it ' +
    'does not name nothing was found.\n\n' +
    'With --controls and --mistakes, pictures on which nobody has worked are chosen by chance: some come without proposals and are ' +
    'to be drawn by hand, in some one proposal is wrong on purpose. Nobody sees which before the picture is looked over; what slips ' +
    'through is taken back before anybody trains on it or exports it. migaki rounds tells what came of it. Once begun, later ' +
    'proposals measure as well, until --controls 0 ends it.\n\n' +
    'With --endpoint, a model behind HTTP is sent the pictures. It speaks coco: a picture is posted to it as it is, and COCO ' +
    'results come back; or oip: the Open Inference Protocol of KServe, Triton and others. docs/endpoints.md tells more. The ' +
    'workbench calls this machine alone, unless it was started with --allow-endpoint, or the command runs on its machine.\n\n' +
    'Ends with 1 where some pictures are missing, could not be read or were refused, or some results could not be used; they ' +
    'are named.',
  arguments: { dataset: { help: 'The name or number of a dataset' } },
  options: {
    model: modelOption,
    results: {
      kind: 'text',
      placeholder: 'file',
      help: 'COCO results that were made elsewhere, in place of a model',
      completes: 'file',
    },
    ...endpointOptions,
    labels: {
      kind: 'text',
      placeholder: 'file',
      help: 'The label file whose ids the results have, where they are not those of the dataset; for an endpoint also a text with a class in each line, from 0',
      completes: 'file',
    },
    source: {
      kind: 'text',
      placeholder: 'name',
      help: 'In whose name is proposed what comes from elsewhere (default: that of the file, of the endpoint’s model or its machine)',
    },
    threshold: {
      kind: 'text',
      placeholder: 'scores',
      help: 'From which score on: 0.5, or for some classes RBC=0.7,WBC=0.3 (default: 0.5)',
    },
    precision: {
      kind: 'text',
      placeholder: 'share',
      help: 'Propose what was right so often, at least, on pictures that the model has not learned from: 0.95; a --threshold beside it still holds',
    },
    onlyUnlabelled: {
      kind: 'flag',
      help: 'Leave out pictures on which something was drawn or accepted',
    },
    filter: { kind: 'text', placeholder: 'query', help: 'Only images that match' },
    map: {
      kind: 'text',
      placeholder: 'pairs',
      help: 'Which class of the model, by name or id of results, is which category: cell=RBC,3=Platelets',
    },
    controls: {
      kind: 'text',
      placeholder: 'share',
      help: 'Let so many pictures come without proposals, to measure what those save: 10% (default: as before, if it was measured; 0 ends it where nobody has looked yet)',
    },
    mistakes: {
      kind: 'text',
      placeholder: 'share',
      help: 'Slip one mistake into so many of the others, to measure how many are found: 10% (default: as --controls)',
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
    {
      command: 'npx migaki preannotate cells --model cells --precision 0.95',
      explains:
        'Few and sure ones: 19 of 20 right, by what the last evaluation of the model counted',
    },
    {
      command:
        'npx migaki preannotate cells --results predictions.json --source yolo11 --threshold 0.3',
      explains: 'What another program wrote, in the name of yolo11',
    },
    {
      command: 'npx migaki preannotate cells --model cells --controls 10% --mistakes 10%',
      explains:
        'With what it takes to know how much time that saves, and how many mistakes get through',
    },
    {
      command:
        'npx migaki preannotate cells --endpoint http://127.0.0.1:8000/v2/models/yolo --labels classes.txt',
      explains: 'What a model behind HTTP answers',
    },
  ],
  exits: ['problems', 'input', 'service', 'interrupted', 'terminated'],
  async run({ arguments: { dataset }, options, startProgress }) {
    const asked = {
      query: options.filter,
      onlyUnlabelled: options.onlyUnlabelled,
      map: pairsOf(options.map ?? '', '--map'),
      controls: givenShare(options.controls, '--controls'),
      mistakes: givenShare(options.mistakes, '--mistakes'),
      ...thresholdsOf(options.threshold ?? ''),
    };
    const { results, labels, source } = options;
    const isAsked = options.controls !== undefined || options.mistakes !== undefined;
    const origin = originOf(options);
    const settings = origin === 'endpoint' ? endpointSettings(options) : null;
    const precision =
      options.precision === undefined ? undefined : scoreOf(options.precision, '--precision');
    return withWorkbench({ data: options.data, runsJobs: true }, async (workbench) => {
      const { client } = workbench;
      const { id: datasetId } = await datasetNamed(client, dataset);
      const params = { datasetId };
      const start = {
        model: () =>
          client.startPreannotation({
            params,
            body: { model: options.model!, precision, ...asked },
          }),
        results: () =>
          client.startResultsPreannotation({
            params,
            body: {
              from: {
                path: resolve(results!),
                labelsPath: labels === undefined ? undefined : resolve(labels),
              },
              source: source ?? sourceOf(results!),
              ...asked,
            },
          }),
        endpoint: async () =>
          client.startEndpointPreannotation({
            params,
            body: {
              url: options.endpoint!,
              source,
              classNames: labels === undefined ? undefined : await readClassNames(labels),
              ...settings,
              ...asked,
            },
          }),
      } satisfies Record<Origin, () => Promise<Started>>;
      const started: Started = await start[origin]();
      const { result } = await followJob(workbench, started.job, startProgress);
      const { problemCount } = result as { problemCount: number };
      const scores = started.precisionScores;
      const asBefore = isAsked ? [] : asBeforeText(started.controlShares);
      return {
        exit: problemCount === 0 ? 'ok' : 'problems',
        report: () => ({
          ...(plainEnglish(result) as object),
          precisionScores: scores,
          controlShares: started.controlShares,
        }),
        text: (terminal) =>
          [
            ...asBefore,
            ...(scores === undefined ? [] : [precisionText(scores, precision!, terminal)]),
            isOfNothing(result)
              ? '  No picture was looked at: none matches, or all of them are missing.'
              : transferText(result, terminal, origin === 'results' ? 'Not used' : 'Not looked at'),
          ].join('\n\n'),
      };
    });
  },
});

interface Started {
  job: Job;
  precisionScores?: PrecisionScores | undefined;
  controlShares: Dataset['controlShares'];
}

/** Whether a model was shown no picture, for no reason that is told of each. */
const isOfNothing = (result: unknown): boolean => {
  const { picturesSeen, picturesLabelled, problemCount } = result as Record<string, unknown>;
  return picturesSeen === 0 && picturesLabelled === 0 && problemCount === 0;
};

const givenShare = (text: string | undefined, option: string): number | undefined =>
  text === undefined ? undefined : shareOf(text, option);

/** That a measurement of before goes on; nothing where there is none. */
function asBeforeText({ controls, mistakes }: Dataset['controlShares']): string[] {
  if (controls === 0 && mistakes === 0) return [];
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return [
    `  Measuring as before: ${percent(controls)} controls, ${percent(mistakes)} mistakes; --controls 0 ends it.`,
  ];
}

/** Where proposals come from, and which options belong to it and not to every other. */
const origins = {
  model: ['precision'],
  results: ['labels', 'source'],
  endpoint: ['labels', 'source', 'protocol', 'tensors', 'timeout', 'parallel'],
} as const satisfies Record<string, readonly string[]>;
type Origin = keyof typeof origins;

/** @throws CliError `usage` where it is not one, or an option belongs to another */
function originOf(options: Partial<Record<string, unknown>>): Origin {
  const names = Object.keys(origins) as Origin[];
  const given = names.filter((name) => options[name] !== undefined);
  const [origin] = given;
  const asOptions = (words: readonly string[], between: string) =>
    words.map((name) => `--${name}`).join(between);
  if (given.length !== 1) {
    throw new CliError(
      'usage',
      `Expected --model with the name of a model, --results with a file or --endpoint with an address, found ${asOptions(given, ' and ') || 'none of them'}.`,
    );
  }
  const takes = (name: Origin, option: string) =>
    (origins[name] as readonly string[]).includes(option);
  const stray = Object.values(origins)
    .flat()
    .find((option) => options[option] !== undefined && !takes(origin, option));
  if (stray === undefined) return origin;
  const takers = names.filter((name) => takes(name, stray));
  throw new CliError(
    'usage',
    `Expected --${stray} beside ${asOptions(takers, ' or ')}, found --${origin}.`,
  );
}

/** @example sourceOf('runs/yolo11.json') // 'yolo11' */
const sourceOf = (path: string): string =>
  basename(path)
    .replace(/(\.[^.]+)+$/, '')
    .replaceAll('@', ' ');

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

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ModelVersion, type RunDetail, trainTasks } from '@migaki/api';
import { CliError } from '../cli-error.ts';
import { defineCommand, optionFlag } from '../definition/command.ts';
import { referenceText, runSummary } from '../reports/run-text.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { dataOption } from '../workbench/data-option.ts';
import { followRun } from '../workbench/follow-run.ts';
import { trainDataset } from '../workbench/train-dataset.ts';
import { type OpenWorkbench, withWorkbench } from '../workbench/with-workbench.ts';

const whole = { kind: 'number', placeholder: 'number', whole: true } as const;

export const train = defineCommand({
  name: 'train',
  summary: 'Train a model on a dataset',
  description:
    'Trains on a dataset of the workbench, as it is now or as a version was: the present state becomes a ' +
    'version, so that what was learned from stays known. A folder or file on the disk is imported first. ' +
    'What comes of it is the next version of a model, one ONNX file that needs nothing else.\n\n' +
    'Everything but the task has a default that fits the data and the machine. Ctrl-C ends early and keeps what ' +
    'was learned; --resume goes on with a run that was ended early or failed.\n\n' +
    'Uses the workbench that has the workspace open, where its pages show the curves, else the workspace itself.',
  arguments: {
    dataset: {
      help: 'The name or number of a dataset, or a folder, zip or label file to import',
      optional: true,
      completes: 'file',
    },
  },
  options: {
    task: { kind: 'choice', choices: trainTasks, help: 'What is to be learned' },
    version: { kind: 'text', placeholder: 'name', help: 'A version of the dataset instead of now' },
    filter: {
      kind: 'text',
      placeholder: 'query',
      help: 'Only the images that match, such as status:done',
      conflicts: ['version'],
    },
    val: {
      kind: 'text',
      placeholder: 'dataset',
      help: 'Another dataset to validate with',
      completes: 'file',
      conflicts: ['split'],
    },
    split: {
      kind: 'number',
      placeholder: 'part',
      min: 0,
      max: 0.9,
      help: 'The part of the pictures to validate with, where the dataset names none (default: 0.2)',
    },
    size: {
      kind: 'choice',
      choices: ['tiny', 'small', 'medium'],
      help: 'The size of the network (default: tiny)',
      conflicts: ['init'],
    },
    init: {
      kind: 'text',
      placeholder: 'model',
      help: 'Begin from an .onnx file, a model of the workbench (cells@champion) or of the hub (owner/name)',
      completes: 'file',
    },
    freeze: {
      ...whole,
      min: 0,
      max: 100,
      help: 'How many stages of --init stay as they are (default: all)',
    },
    minutes: {
      kind: 'number',
      placeholder: 'number',
      min: 0.1,
      max: 100_000,
      help: 'How long it may take, all included (default: 10)',
      conflicts: ['epochs'],
    },
    epochs: { ...whole, min: 1, max: 100_000, help: 'How often each picture is seen, instead' },
    seed: { ...whole, min: 0, max: 2 ** 31, help: 'The same seed gives the same run (default: 0)' },
    batch: { ...whole, min: 1, max: 1024, help: 'Pictures of one step' },
    inputSide: {
      ...whole,
      placeholder: 'pixels',
      min: 32,
      max: 2048,
      help: 'The longer side of what the network sees',
    },
    value: {
      kind: 'text',
      placeholder: 'field',
      help: 'The field of images that --task regress learns, such as metadata.score',
    },
    name: {
      kind: 'text',
      placeholder: 'model',
      help: 'The model that it becomes a version of (default: the dataset and the task)',
    },
    notes: { kind: 'text', placeholder: 'text', help: 'What to remember of the run' },
    resume: {
      ...whole,
      placeholder: 'run',
      min: 1,
      max: 2 ** 31,
      help: 'Go on with this run instead of a new one',
    },
    data: dataOption,
  },
  examples: [
    {
      command: 'npx migaki train bccd --task detect --minutes 8',
      explains: 'A detector of a dataset, or of a folder',
    },
    {
      command: 'npx migaki train signs --task classify --init signs@champion --name signs',
      explains: 'Go on from the best model so far',
    },
    {
      command: "npx migaki train cells --task detect --filter 'status:done -tag:blurry'",
      explains: 'Learn from a part alone',
    },
    { command: 'npx migaki train --resume 12', explains: 'Go on where run 12 was ended' },
  ],
  exits: ['input', 'service', 'interrupted', 'terminated'],
  async run({ arguments: { dataset }, options, startProgress, startLiveLine, note }) {
    const { resume, data } = options;
    refuseUnfit(dataset, options);
    const brings = dataset !== undefined && existsSync(dataset);
    const needs = { data, runsJobs: true, ...(brings && { noteNew: note }) };
    return withWorkbench(needs, async (workbench) => {
      const { client, signal, interruptedExit } = workbench;
      const bring = (word: string) => trainDataset(workbench, word, { startProgress, note });
      const begin = async () => {
        const datasetId = await bring(dataset!);
        const validation =
          options.val === undefined ? undefined : { datasetId: await bring(options.val) };
        return client.startRun({
          body: {
            datasetId,
            task: options.task!,
            version: options.version,
            query: options.filter,
            validation,
            settings: settingsOf(options),
            init: options.init === undefined ? undefined : initOf(options.init),
            modelName: options.name,
            notes: options.notes,
          },
        });
      };
      const { id } = await (resume === undefined
        ? begin()
        : client.resumeRun({ params: { runId: resume } }));
      const run = await followRun(workbench, id, startLiveLine());
      const version = await madeBy(client, run);
      return {
        exit: signal.aborted ? await interruptedExit() : 'ok',
        report: () => ({
          run: plainEnglish(run),
          model: version && { ...version, reference: referenceText(version) },
        }),
        text: (terminal) => runSummary(run, version, terminal),
      };
    });
  },
});

type Options = Parameters<(typeof train)['run']>[0]['options'];

/** @throws CliError `usage`, before a dataset is brought in for nothing */
function refuseUnfit(dataset: string | undefined, options: Options): void {
  const { resume, data: _, ...ofNewRun } = options;
  if (resume !== undefined) {
    // Those that every command has are true or false.
    const given = Object.entries(ofNewRun).flatMap(([key, value]) =>
      value === undefined || typeof value === 'boolean' ? [] : [optionFlag(key)],
    );
    const found = [...(dataset === undefined ? [] : [`the dataset “${dataset}”`]), ...given];
    if (found.length === 0) return;
    throw new CliError(
      'usage',
      `--resume: a run goes on with the dataset and the settings that it began with; found ${found.join(', ')} as well. Leave that out, or leave out --resume for a new run.`,
    );
  }
  if (dataset === undefined || options.task === undefined) {
    throw new CliError('usage', 'Expected a dataset and --task, or --resume with a run.');
  }
  if (options.freeze !== undefined && options.init === undefined) {
    throw new CliError(
      'usage',
      '--freeze: expected --init with the network whose stages stay as they are, found none.',
    );
  }
}

function settingsOf({
  size,
  minutes,
  epochs,
  seed,
  split,
  batch,
  inputSide,
  freeze,
  value,
}: Options) {
  return { size, minutes, epochs, seed, split, batch, inputSide, freeze, valueField: value };
}

/** A file where there is one or the name ends like one; names of hubs have an owner. */
function initOf(word: string) {
  if (existsSync(word)) return { path: resolve(word) };
  if (/^[\w.-]+\/[\w.-]+(@|\/|$)/.test(word)) return { hub: word };
  return /\.onnx$/i.test(word) ? { path: resolve(word) } : { model: word };
}

/** The version of a model that came of the run last. */
async function madeBy(
  client: OpenWorkbench['client'],
  { models }: RunDetail,
): Promise<ModelVersion | null> {
  const last = models.at(-1);
  if (last === undefined) return null;
  const { modelId, version } = last;
  return client.getModelVersion({ params: { modelId, version } });
}

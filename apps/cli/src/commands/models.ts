import { readFile } from 'node:fs/promises';
import { type ModelVersion, modelPrecisions } from '@migaki/api';
import { CliError } from '../cli-error.ts';
import { defineCommand, type Outcome } from '../definition/command.ts';
import { fileError } from '../files/file-error.ts';
import { refuseToReplaceFile } from '../files/write-file.ts';
import { pinText, referenceText, scoreFigure, versionTable } from '../reports/run-text.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { byteSize, printable } from '../terminal/words.ts';
import { dataOption } from '../workbench/data-option.ts';
import { saveResponse } from '../workbench/save-response.ts';
import { type OpenWorkbench, withWorkbench } from '../workbench/with-workbench.ts';

interface Call {
  client: OpenWorkbench['client'];
  /** The word after the action: a model. */
  model: string | undefined;
  /** What follows it. */
  second: string | undefined;
  options: {
    precision: (typeof modelPrecisions)[number];
    note: string | undefined;
    overwrite: boolean;
  };
}

type Action = (call: Call) => Promise<Omit<Outcome, 'exit'>>;

const listed = 500;

const actions = {
  async list({ client }) {
    const { items } = await client.listModels({ query: { limit: listed } });
    // The last version of each, with where its aliases point; those of earlier versions name these.
    const latest = items.flatMap(({ latest, aliases }) =>
      latest === null
        ? []
        : {
            ...latest,
            aliases: aliases.map(({ alias, version }) =>
              version === latest.version ? alias : `${alias} is @${version}`,
            ),
          },
    );
    return {
      report: () => plainEnglish(items),
      text: (terminal) => (items.length === 0 ? '  No models.' : versionTable(latest, terminal)),
    };
  },
  async show({ client, model }) {
    const version = await versionNamed(client, model);
    const params = { modelId: version.modelId, version: version.version };
    const [whole, lineage] = await Promise.all([
      client.getModel({ params: { modelId: version.modelId } }),
      client.getModelLineage({ params }),
    ]);
    return {
      report: () => plainEnglish({ ...version, lineage, versions: whole.versions }),
      text: (terminal) =>
        [
          versionDetails(version, lineage, terminal),
          '',
          versionTable(whole.versions, terminal),
        ].join('\n'),
    };
  },
  async alias({ client, model, second }) {
    const alias = needed(second, 'an alias, such as champion');
    const { modelId, version } = await versionNamed(client, model);
    const changed = await client.setModelAlias({ params: { modelId, alias }, body: { version } });
    return {
      report: () => plainEnglish(changed),
      text: () => `  ${printable(changed.name)}@${alias} is version ${version}.`,
    };
  },
  async unalias({ client, model, second }) {
    const alias = needed(second, 'an alias');
    const { modelId } = await versionNamed(client, model);
    const changed = await client.removeModelAlias({ params: { modelId, alias } });
    return {
      report: () => plainEnglish(changed),
      text: () => `  ${printable(changed.name)} has no alias ${alias} any more.`,
    };
  },
  async download({ client, model, second, options: { precision, overwrite } }) {
    const version = await versionNamed(client, model);
    const path = second ?? `${referenceText(version).replace('@', '-')}.onnx`;
    await refuseToReplaceFile(path, overwrite);
    const params = { modelId: version.modelId, version: version.version };
    await saveResponse(await client.downloadModel({ params, query: { precision } }), path);
    return {
      report: () => ({ path, reference: referenceText(version), precision }),
      text: () =>
        `  ${printable(referenceText(version))} in ${precision} is in ${printable(path)}.`,
    };
  },
  async import({ client, model, second, options: { note } }) {
    const name = needed(model, 'the name of the model');
    const path = needed(second, 'an .onnx file');
    const upload = await readFile(path).catch((error: unknown) => {
      throw fileError(error, 'read', path);
    });
    const made = await client.importModel({ query: { name, notes: note }, upload });
    return {
      report: () => plainEnglish(made),
      text: () => `  ${printable(path)} is ${printable(referenceText(made))}.`,
    };
  },
  async note({ client, model, options: { note } }) {
    const notes = needed(note, '--note with a text');
    const { modelId, version } = await versionNamed(client, model);
    const changed = await client.changeModelVersion({
      params: { modelId, version },
      body: { notes },
    });
    return {
      report: () => plainEnglish(changed),
      text: () => `  Noted on ${printable(referenceText(changed))}.`,
    };
  },
  async rename({ client, model, second }) {
    const name = needed(second, 'a new name');
    const { modelId } = await versionNamed(client, model);
    const changed = await client.changeModel({ params: { modelId }, body: { name } });
    return {
      report: () => plainEnglish(changed),
      text: () => `  The model is called ${printable(changed.name)} now.`,
    };
  },
  async delete({ client, model }) {
    const reference = needed(model, 'a model');
    const { modelId, version, name } = await versionNamed(client, reference);
    // Only who names a version means one alone.
    const isOne = reference.includes('@');
    if (isOne) await client.deleteModelVersion({ params: { modelId, version } });
    else await client.deleteModel({ params: { modelId } });
    const what = isOne ? `${name}@${version}` : `${name}, with all its versions,`;
    return {
      report: () => ({ deleted: isOne ? `${name}@${version}` : name }),
      text: () => `  ${printable(what)} is deleted.`,
    };
  },
} satisfies Record<string, Action>;

type Verb = keyof typeof actions;

export const models = defineCommand({
  name: 'models',
  summary: 'List the models of the workbench; aliases, download, import, delete',
  description:
    'list: the last version of each model. show MODEL: what it was made from, and all its versions. alias MODEL ' +
    'ALIAS: points an alias such as champion at a version; unalias takes it away. download MODEL [FILE]: the ONNX ' +
    'file. import NAME FILE: an ONNX file of our format as the next version. note MODEL --note TEXT. rename MODEL ' +
    'NAME. delete MODEL: a version where one is named, else the whole model; while an alias points there, that is refused.\n\n' +
    'A model is named as cells (its last version), cells@3 or cells@champion.',
  arguments: {
    action: { help: 'What to do', choices: Object.keys(actions) as Verb[], optional: true },
    model: { help: 'A model, with @ and a version or alias', optional: true },
    second: { help: 'An alias, a file or a name', optional: true, completes: 'file' },
  },
  options: {
    precision: {
      kind: 'choice',
      choices: modelPrecisions,
      default: 'float32',
      help: 'Of a download: in how many bits it computes',
    },
    note: { kind: 'text', placeholder: 'text', help: 'What to remember of a version' },
    overwrite: { kind: 'flag', help: 'Let a download replace a file that is there' },
    data: dataOption,
  },
  examples: [
    { command: 'npx migaki models', explains: 'What is there?' },
    { command: 'npx migaki models alias cells@3 champion', explains: 'This is the one to use' },
    {
      command: 'npx migaki models download cells@champion cells.onnx --precision int8',
      explains: 'The file, a quarter of the size',
    },
  ],
  exits: ['input', 'output', 'service'],
  async run({ arguments: { action = 'list', model, second }, options, note }) {
    const needs = {
      data: options.data,
      runsJobs: false,
      ...(action === 'import' && { noteNew: note }),
    };
    return withWorkbench(needs, async ({ client }) => {
      const outcome = await (actions[action] as Action)({ client, model, second, options });
      return { exit: 'ok', ...outcome };
    });
  },
});

/** @throws CliError `usage` */
function needed(word: string | undefined, what: string): string {
  if (word !== undefined) return word;
  throw new CliError('usage', `Expected ${what}, found nothing.`);
}

const versionNamed = (client: Call['client'], word: string | undefined): Promise<ModelVersion> =>
  client.findModelVersion({ query: { reference: needed(word, 'a model, such as cells@3') } });

function versionDetails(
  version: ModelVersion,
  { ancestors, descendants }: Awaited<ReturnType<Call['client']['getModelLineage']>>,
  terminal: Terminal,
): string {
  const [, ...before] = ancestors;
  const rows: [string, string][] = [
    ['model', printable(referenceText(version))],
    ['task', version.task],
    ['classes', printable(version.classes.map(({ name }) => name).join(', ')) || '–'],
    ['input', `${version.inputWidth} × ${version.inputHeight} pixels`],
    ...Object.entries(version.metrics).map(([name, value]): [string, string] => [
      name,
      scoreFigure(value),
    ]),
    [
      'made from',
      version.run === null ? 'a file' : `run ${version.run.id}, ${pinText(version.dataset)}`,
    ],
    ...before.map(({ model }): [string, string] => ['began from', printable(referenceText(model))]),
    ...descendants.map(({ run }): [string, string] => ['used by', `run ${run.id}`]),
    ['SHA-256', version.sha256],
    ...(version.notes === '' ? [] : [['notes', printable(version.notes)] as [string, string]]),
  ];
  const precisions = modelPrecisions.flatMap((name) => {
    const measured = version.precisions[name];
    if (measured === undefined) return [];
    const score =
      version.primaryMetric === null ? undefined : measured.metrics[version.primaryMetric];
    const time = `${measured.millisecondsPerPicture.toFixed(1)} ms`;
    return [[name, byteSize(measured.byteSize), time, scoreFigure(score)]];
  });
  const details = drawTable([{ title: '' }, { title: '' }], rows, terminal);
  if (precisions.length === 0) return details;
  const right = { align: 'right' } as const;
  return [
    details,
    '',
    drawTable(
      [
        { title: 'precision' },
        { title: 'size', ...right },
        { title: 'a picture', ...right },
        { title: version.primaryMetric ?? '', ...right },
      ],
      precisions,
      terminal,
    ),
  ].join('\n');
}

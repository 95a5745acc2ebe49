import type { Client, DatasetSummary, Routes } from '@migaki/api';
import { CliError } from '../cli-error.ts';
import { defineCommand, type Outcome } from '../definition/command.ts';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { printable, thousands } from '../terminal/words.ts';
import { dataOption } from '../workbench/data-option.ts';
import { datasetNamed } from '../workbench/find-dataset.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

interface Call {
  client: Client<Routes>;
  dataset: DatasetSummary;
  /** The words after the dataset. */
  first: string | undefined;
  second: string | undefined;
  note: string | undefined;
}

type Action = (call: Call) => Promise<Omit<Outcome, 'exit'>>;

/** What can be done with a dataset that is named. */
const actions = {
  async show({ client, dataset: { id } }) {
    const dataset = await client.getDataset({ params: { datasetId: id } });
    return {
      report: () => dataset,
      text: (terminal) =>
        [
          datasetTable([dataset], terminal),
          '',
          drawTable(
            [{ title: 'category' }, { title: 'objects', align: 'right' }],
            dataset.categories.map(({ name, objectCount }) => [
              printable(name),
              thousands(objectCount),
            ]),
            terminal,
          ),
        ].join('\n'),
    };
  },
  async versions({ client, dataset: { id } }) {
    const { versions } = await client.listVersions({ params: { datasetId: id } });
    const text = (terminal: Terminal) =>
      versions.length === 0
        ? '  No versions.'
        : drawTable(
            [
              { title: 'version' },
              { title: 'revision', align: 'right' },
              { title: 'images', align: 'right' },
              { title: 'annotations', align: 'right' },
              { title: 'note', maxCharacters: 60 },
            ],
            versions.map(({ name, revision, imageCount, annotationCount, note }) => [
              printable(name),
              thousands(revision),
              thousands(imageCount),
              thousands(annotationCount),
              printable(note),
            ]),
            terminal,
          );
    return { report: () => versions, text };
  },
  async version({ client, dataset: { id }, first, note }) {
    const name = needed(first, 'the name of the new version');
    const made = await client.createVersion({ params: { datasetId: id }, body: { name, note } });
    return {
      report: () => made,
      text: () => `  Version ${printable(made.name)} is revision ${thousands(made.revision)}.`,
    };
  },
  async diff({ client, dataset: { id }, first, second = 'now' }) {
    const from = needed(first, 'a version or revision to start from');
    const params = { datasetId: id };
    const [difference, dataset] = await Promise.all([
      client.getDifference({ params, query: { from, to: second, limit: 1 } }),
      client.getDataset({ params }),
    ]);
    const { images, fields, categories } = difference;
    const nameOf = new Map(dataset.categories.map((category) => [category.id, category.name]));
    return {
      report: () => ({ images, fields, categories }),
      text: (terminal) =>
        drawTable(
          [
            { title: '' },
            { title: 'added', align: 'right' },
            { title: 'removed', align: 'right' },
            { title: 'changed', align: 'right' },
          ],
          [
            ['images', ...counts(images)],
            ...fields.map(({ field, imageCount }) => [
              `${field} of images`,
              '',
              '',
              thousands(imageCount),
            ]),
            ...categories.map((category) => [
              printable(nameOf.get(category.categoryId ?? -1) ?? String(category.categoryId)),
              ...counts(category),
            ]),
          ],
          terminal,
        ),
    };
  },
  async restore({ client, dataset: { id }, first }) {
    const name = needed(first, 'the name of a version');
    const { revision } = await client.restoreVersion({ params: { datasetId: id, name } });
    return {
      report: () => ({ revision }),
      text: () => `  As in ${printable(name)}, by revision ${thousands(revision)}.`,
    };
  },
  async delete({ client, dataset: { id, name } }) {
    await client.deleteDataset({ params: { datasetId: id }, query: {} });
    return {
      report: () => ({ deleted: id }),
      text: () => `  ${printable(name)} is in the trash; the workbench can take it out again.`,
    };
  },
} satisfies Record<string, Action>;

export const dataset = defineCommand({
  name: 'dataset',
  summary: 'List the datasets of the workbench; versions, differences, restore, delete',
  description:
    'list: all datasets. show: one with its categories. versions: its versions. version NAME: ' +
    'names the present state. diff FROM [TO]: what lies between two versions, or a version and now. ' +
    'restore VERSION: makes the dataset as it was, by a new revision. delete: puts it into the trash.',
  arguments: {
    action: { help: 'What to do', choices: ['list', ...(Object.keys(actions) as Verb[])] },
    dataset: { help: 'The name or number of a dataset', optional: true },
    first: { help: 'A version, or the name of a new one', optional: true },
    second: { help: 'A version, for a difference', optional: true },
  },
  options: {
    note: { kind: 'text', placeholder: 'text', help: 'What to remember of a new version' },
    data: dataOption,
  },
  examples: [
    { command: 'npx migaki dataset list', explains: 'What is there?' },
    { command: 'npx migaki dataset version cells v1', explains: 'Keep this state under a name' },
    { command: 'npx migaki dataset diff cells v1', explains: 'What has changed since?' },
  ],
  exits: ['input', 'service'],
  async run({ arguments: { action, dataset: word, first, second }, options: { note, data } }) {
    return withWorkbench({ data, runsJobs: false }, async ({ client }) => {
      if (action === 'list') {
        const { datasets } = await client.listDatasets({ query: {} });
        const text = (terminal: Terminal) => datasetTable(datasets, terminal);
        return { exit: 'ok', report: () => datasets, text };
      }
      const found = await datasetNamed(client, needed(word, 'the name or number of a dataset'));
      const outcome = await actions[action]({ client, dataset: found, first, second, note });
      return { exit: 'ok', ...outcome };
    });
  },
});

type Verb = keyof typeof actions;

/** @throws CliError `usage` */
function needed(word: string | undefined, what: string): string {
  if (word !== undefined) return word;
  throw new CliError('usage', `Expected ${what}, found nothing.`);
}

function counts({ added, removed, changed }: Record<'added' | 'removed' | 'changed', number>) {
  return [added, removed, changed].map(thousands);
}

function datasetTable(datasets: readonly DatasetSummary[], terminal: Terminal): string {
  if (datasets.length === 0) return '  No datasets.';
  return drawTable(
    [
      { title: 'dataset', align: 'right' },
      { title: 'name', maxCharacters: 50 },
      { title: 'images', align: 'right' },
      { title: 'annotations', align: 'right' },
      { title: 'missing', align: 'right' },
      { title: 'changed' },
    ],
    datasets.map(({ id, name, imageCount, annotationCount, missingPictureCount, changedAt }) => [
      String(id),
      printable(name),
      thousands(imageCount),
      thousands(annotationCount),
      thousands(missingPictureCount),
      changedAt.slice(0, 16).replace('T', ' '),
    ]),
    terminal,
  );
}

import type { LabelMistake } from '@migaki/api';
import { defineCommand } from '../definition/command.ts';
import { pairsOf } from '../definition/typed-values.ts';
import { transferText } from '../reports/transfer.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { printable } from '../terminal/words.ts';
import { dataOption } from '../workbench/data-option.ts';
import { datasetNamed } from '../workbench/find-dataset.ts';
import { followJob } from '../workbench/follow-job.ts';
import { givenModel, modelOption } from '../workbench/model-option.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

const usualLimit = 20;
const mostAtOnce = 500;

export const mistakes = defineCommand({
  name: 'mistakes',
  summary: 'Find labels of a dataset that look wrong to a model',
  description:
    'The model looks at every labelled picture. Told is what it has against the labels, the most doubtful first: objects that ' +
    'were overlooked, labels beside their objects, labels of another category. Nothing is changed; the page "Mistakes" of the ' +
    'dataset shows each beside the model’s opinion, to be taken or dismissed. What was dismissed there is not told again.\n\n' +
    'A model agrees with what it has learned: best is one that was trained on other pictures. How many of the pictures it ' +
    'has learned from is told.\n\n' +
    'Ends with 1 where some pictures are missing or could not be read; they are named.',
  arguments: { dataset: { help: 'The name or number of a dataset' } },
  options: {
    model: modelOption,
    filter: { kind: 'text', placeholder: 'query', help: 'Only images that match' },
    map: {
      kind: 'text',
      placeholder: 'pairs',
      help: 'Which class of the model is which category of the dataset: cell=RBC,dot=Platelets',
    },
    leastDoubt: {
      kind: 'number',
      placeholder: 'doubt',
      min: 0,
      max: 1,
      help: 'Keep what is at least so doubtful (default: 0.5; lower finds more, and is wrong more often)',
    },
    limit: {
      kind: 'number',
      placeholder: 'count',
      whole: true,
      max: mostAtOnce,
      help: `How many to list (default: ${usualLimit})`,
    },
    data: dataOption,
  },
  examples: [
    {
      command: 'npx migaki mistakes cells --model cells@champion --filter "split:test"',
      explains: 'Of pictures that the model has not learned from',
    },
  ],
  exits: ['problems', 'input', 'service', 'interrupted', 'terminated'],
  async run({ arguments: { dataset }, options, startProgress }) {
    const model = givenModel(options.model);
    const { filter, leastDoubt, limit = usualLimit } = options;
    const map = pairsOf(options.map ?? '', '--map');
    return withWorkbench({ data: options.data, runsJobs: true }, async (workbench) => {
      const { client } = workbench;
      const { id: datasetId } = await datasetNamed(client, dataset);
      const params = { datasetId };
      const { categories } = await client.getDataset({ params });
      const body = { model, query: filter, map, leastDoubt };
      const { job } = await client.startMistakeSearch({ params, body });
      const { result } = await followJob(workbench, job, startProgress);
      const { problemCount } = result as { problemCount: number };
      const { counts, items } = await client.listMistakes({ params, query: { q: filter, limit } });
      const nameOf = (id: number | null | undefined) =>
        categories.find((category) => category.id === id)?.name ?? String(id);
      return {
        exit: problemCount === 0 ? 'ok' : 'problems',
        report: () => ({
          ...(plainEnglish(result) as object),
          counts,
          mistakes: items.map((item) => reportOf(item, nameOf)),
        }),
        text: (terminal) =>
          [
            transferText(result, terminal, 'Not looked at'),
            ...(items.length === 0 ? [] : ['', mistakeTable(items, nameOf, terminal)]),
          ].join('\n'),
      };
    });
  },
});

type NameOf = (categoryId: number | null | undefined) => string;

const reportOf = (mistake: LabelMistake, nameOf: NameOf) => ({
  kind: mistake.kind,
  doubt: mistake.doubt,
  image: mistake.image.fileName,
  imageId: mistake.image.id,
  annotationId: mistake.label?.id ?? null,
  category: mistake.label === null ? null : nameOf(mistake.label.categoryId),
  opinion: nameOf(mistake.opinion.categoryId),
  bbox: mistake.opinion.bbox,
  score: mistake.score,
  isLearned: mistake.isLearned,
});

function mistakeTable(items: readonly LabelMistake[], nameOf: NameOf, terminal: Terminal): string {
  const columns = [
    { title: 'doubt', align: 'right' },
    { title: 'kind' },
    { title: 'label' },
    { title: 'model says' },
    { title: 'picture', maxCharacters: 50 },
  ] as const;
  const rows = items.map(({ doubt, kind, label, opinion, image }) => [
    doubt.toFixed(2),
    kind,
    label === null ? '–' : printable(`${nameOf(label.categoryId)} #${label.id}`),
    printable(nameOf(opinion.categoryId)),
    printable(image.fileName),
  ]);
  return drawTable(columns, rows, terminal);
}

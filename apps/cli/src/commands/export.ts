import { exportFormats } from '@migaki/api';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { refuseToReplaceFile } from '../files/write-file.ts';
import { transferText } from '../reports/transfer.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { printable } from '../terminal/words.ts';
import { dataOption } from '../workbench/data-option.ts';
import { datasetNamed } from '../workbench/find-dataset.ts';
import { followJob } from '../workbench/follow-job.ts';
import { saveResponse } from '../workbench/save-response.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Make a file of a dataset of the workbench, in any format',
  description:
    'Exports a dataset as it is now or as a version was, or what of it matches a query. A version is asked as it ' +
    'was; work time, embeddings, evaluations, controls and the order in which to label have no history, and are asked as they are ' +
    'now. COCO without pictures is one .json file, everything else a .zip. What the format cannot carry is listed.\n\n' +
    'Ends with 1 where no image matches the query, and where pictures are to be in it and some are not in the workbench.',
  arguments: {
    dataset: { help: 'The name or number of a dataset' },
    path: { help: 'The file to write', completes: 'file' },
  },
  options: {
    format: { kind: 'choice', choices: exportFormats, default: 'coco', help: 'The format' },
    version: { kind: 'text', placeholder: 'name', help: 'A version instead of now' },
    filter: {
      kind: 'text',
      placeholder: 'query',
      help: 'Only images that match; of a version, those that matched then',
    },
    categories: {
      kind: 'text',
      placeholder: 'names',
      help: 'These alone, with commas between them; images without any stay',
    },
    withImages: { kind: 'flag', help: 'The pictures too' },
    withReview: {
      kind: 'flag',
      help: 'Statuses, tags, reviews, comments and work time too, in COCO alone',
    },
    overwrite: { kind: 'flag', help: 'Replace a file that is there' },
    data: dataOption,
  },
  examples: [
    { command: 'npx migaki export cells cells.json', explains: 'All labels as one COCO file' },
    {
      command: 'npx migaki export cells yolo.zip --format yolo --version v1 --with-images',
      explains: 'A version with its pictures, to train on',
    },
    {
      command: "npx migaki export cells done.json --version v1 --filter 'status:done'",
      explains: 'What was done in a version, whatever became of it since',
    },
  ],
  exits: ['problems', 'input', 'output', 'service', 'interrupted', 'terminated'],
  async run({ arguments: { dataset, path }, options, startProgress }) {
    const { format, version, filter, withImages, withReview } = options;
    const categories = options.categories?.split(',').map((name) => name.trim());
    if (withReview && format !== 'coco') {
      throw new CliError('usage', `Expected --with-review with --format coco, found ${format}.`);
    }
    const extension = format === 'coco' && !withImages ? '.json' : '.zip';
    if (!path.toLowerCase().endsWith(extension)) {
      throw new CliError('usage', `Expected a file that ends in ${extension}, found ${path}.`);
    }
    await refuseToReplaceFile(path, options.overwrite);
    return withWorkbench({ data: options.data, runsJobs: true }, async (workbench) => {
      const { client, signal } = workbench;
      const { id: datasetId } = await datasetNamed(client, dataset);
      const started = await client.startExport({
        body: { datasetId, format, version, query: filter, categories, withImages, withReview },
      });
      const { id: jobId, result } = await followJob(workbench, started.job, startProgress);
      const response = await client.downloadExport({ params: { jobId } }, { signal });
      await saveResponse(response, path);
      const { missingPictureCount, images } = result as Record<string, number>;
      const isEmpty = images === 0;
      const nothing = filter
        ? `0 images match ${filter}${version === undefined ? '' : ` in ${version}`}.`
        : 'The dataset has no images.';
      return {
        exit: missingPictureCount > 0 || (isEmpty && filter) ? 'problems' : 'ok',
        report: () => ({ path, ...(plainEnglish(result) as object) }),
        text: (terminal) =>
          [
            ...(isEmpty ? [printable(nothing)] : []),
            transferText(result, terminal),
            `Written to ${printable(path)}`,
          ].join('\n'),
      };
    });
  },
});

import { resolve } from 'node:path';
import { importFormats } from '@migaki/api';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { transferText } from '../reports/transfer.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { dataOption } from '../workbench/data-option.ts';
import { findDataset } from '../workbench/find-dataset.ts';
import { followJob } from '../workbench/follow-job.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

export const importCommand = defineCommand({
  name: 'import',
  summary: 'Bring pictures and labels into a dataset of the workbench',
  description:
    'Imports a folder, a zip or a file: pictures, labels or both, and frames of videos. The ' +
    'dataset is made where there is none of the name. Pictures that labels name and that are not there are listed and can ' +
    'come later. Importing the same again changes nothing.\n\n' +
    'Ends with 1 where some files could not be imported; everything else is in the dataset.\n\n' +
    'Uses the workbench that has the workspace open, else the workspace itself.',
  arguments: {
    dataset: { help: 'The name or number of a dataset, or a new name' },
    path: { help: 'A folder, a zip, a label file, a picture or a video', completes: 'file' },
  },
  options: {
    format: { kind: 'choice', choices: importFormats, default: 'auto', help: 'The format' },
    images: {
      kind: 'text',
      placeholder: 'folder',
      help: 'Where the pictures are, if not beside the labels',
      completes: 'folder',
    },
    update: {
      kind: 'flag',
      help: 'Change labels that the dataset has to what a COCO file says of the same ids; those that it does not have stay, and are counted',
    },
    deleteAbsent: {
      kind: 'flag',
      help: 'With --update, delete labels of its pictures that one COCO file does not have; the page Versions takes that back',
    },
    framesPerSecond: {
      kind: 'number',
      placeholder: 'number',
      max: 240,
      help: 'How many pictures to take out of a second of a video (default: 1)',
    },
    data: dataOption,
  },
  examples: [
    { command: 'npx migaki import cells BCCD/', explains: 'Pictures with labels of any format' },
    {
      command: 'npx migaki import coco instances_val2017.json --images val2017',
      explains: 'A COCO file and the pictures that it names',
    },
    {
      command: 'npx migaki import cells cells.json --update',
      explains: 'An export that somebody edited elsewhere comes back',
    },
    {
      command: 'npx migaki import street walk.mp4 --frames-per-second 2',
      explains: 'Two pictures of each second of a video, which takes ffmpeg',
    },
  ],
  exits: ['problems', 'input', 'service', 'interrupted', 'terminated'],
  async run({ arguments: { dataset, path }, options, startProgress, note }) {
    if (options.deleteAbsent && !options.update) {
      throw new CliError('usage', 'Expected --delete-absent together with --update.');
    }
    const mode = options.deleteAbsent ? 'replace' : options.update ? 'update' : 'add';
    return withWorkbench(
      { data: options.data, runsJobs: true, noteNew: note },
      async (workbench) => {
        const { client } = workbench;
        const known = await findDataset(client, dataset);
        const { datasetId, job } = await client.startImport({
          body: {
            into: known === null ? { newDataset: dataset } : { datasetId: known.id },
            from: { path: resolve(path) },
            format: options.format,
            mode,
            framesPerSecond: options.framesPerSecond,
            imagesPath: options.images === undefined ? undefined : resolve(options.images),
          },
        });
        const { result } = await followJob(workbench, job, startProgress);
        const { problemCount } = result as { problemCount: number };
        return {
          exit: problemCount === 0 ? 'ok' : 'problems',
          report: () => ({ datasetId, ...(plainEnglish(result) as object) }),
          text: (terminal) => transferText(result, terminal),
        };
      },
    );
  },
});

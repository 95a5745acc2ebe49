import { extname } from 'node:path';
import {
  type AnnotationFormat,
  type CocoDataset,
  CocoError,
  convert,
  type FormatName,
  formatByName,
  formats,
  inEnglish,
  isPicturePath,
  phrase,
  recogniseFormat,
  type SourceTree,
  type WriteTask,
} from '@migaki/coco';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { openSourceTree } from '../files/source-tree.ts';
import { leftoversOf } from '../files/unfinished.ts';
import { refuseToReplaceFile } from '../files/write-file.ts';
import {
  refuseToReplaceFolder,
  type WrittenCounts,
  writeFolderWhole,
} from '../files/write-folder.ts';
import { writeSingleFile } from '../files/write-single-file.ts';
import { type ConversionReport, conversionText, type StagedLoss } from '../reports/conversion.ts';
import type { Progress } from '../terminal/progress.ts';
import { counted, thousands } from '../terminal/words.ts';

/** An output named so is one file; anything else is a folder. */
const singleFileExtensions: ReadonlySet<string> = new Set(['.json', '.csv', '.xml']);

const formatNames = Object.keys(formatByName) as FormatName[];
const tasks = ['detect', 'segment', 'pose', 'classify'] as const satisfies readonly WriteTask[];

export const convertCommand = defineCommand({
  name: 'convert',
  summary: 'Convert a dataset between COCO and other annotation formats',
  description:
    `Converts between ${formats.map(({ title }) => title).join(', ')}. What the other format cannot carry is ` +
    'listed, never dropped in silence.\n\n' +
    'The input is a folder, or one file with its pictures beside it in images/. The output is a folder; for COCO ' +
    'and CSV it may be one file (out.json, out.csv). It appears when it is complete: whatever happens before, ' +
    'what was there stays as it was. Ends with 1 where records of the input could not be understood and were left out.',
  arguments: {
    in: { help: 'A folder, or one file', completes: 'file' },
    out: { help: 'The new folder, or a new .json, .csv or .xml file', completes: 'file' },
  },
  options: {
    from: {
      kind: 'choice',
      choices: ['auto', ...formatNames],
      default: 'auto',
      help: 'Format of the input',
    },
    to: { kind: 'choice', choices: formatNames, required: true, help: 'Format of the output' },
    images: {
      kind: 'text',
      placeholder: 'folder',
      completes: 'folder',
      help: 'Where the pictures of the input are',
    },
    task: {
      kind: 'choice',
      choices: tasks,
      help: 'What to write, where the format has several kinds',
    },
    copy: {
      kind: 'flag',
      conflicts: ['link', 'noImages'],
      help: 'Copy the pictures beside the labels (this is the default)',
    },
    link: {
      kind: 'flag',
      conflicts: ['copy', 'noImages'],
      help: 'Give the pictures a second name there (hard links), which takes no space',
    },
    noImages: { kind: 'flag', conflicts: ['copy', 'link'], help: 'Write the labels alone' },
    overwrite: { kind: 'flag', help: 'Replace the output if it is there' },
    all: { kind: 'flag', help: 'List up to ten examples of everything that was lost, not one' },
  },
  examples: [
    {
      command: 'npx migaki convert instances_train.json yolo/ --to yolo --images train2017/',
      explains: 'COCO to YOLO, with the pictures',
    },
    {
      command: 'npx migaki convert voc/ dataset.json --to coco',
      explains: 'Any known format to one COCO file',
    },
    {
      command: 'npx migaki convert cvat.xml yolo/ --from cvat --to yolo --task segment --no-images',
      explains: 'Outlines alone, without pictures',
    },
  ],
  exits: ['problems', 'input', 'output', 'interrupted', 'terminated'],
  async run({ arguments: { in: input, out }, options, startProgress, note }) {
    const { images, overwrite, task, link, noImages, to } = options;
    requireTask(to, task);
    const asFile = singleFileExtensions.has(extname(out).toLowerCase());
    const inputs = images === undefined ? [input] : [input, images];
    if (asFile) await refuseToReplaceFile(out, overwrite);
    else await refuseToReplaceFolder(out, overwrite, inputs);
    for (const leftover of await leftoversOf(out)) {
      note(`${leftover} is left from a run that was killed. It can be deleted.`);
    }

    const tree = await openSourceTree(input, images);
    const from = options.from === 'auto' ? await recognisedFormat(input, tree) : options.from;
    const withImages = !noImages && !asFile;
    const reading = startProgress(
      `Reading ${formatByName[from].title}`,
      tree.paths.length,
      'files',
    );
    const conversion = await convert(countingTree(tree, reading), from, to, {
      task,
      withImages,
    })
      .catch((error) => {
        throw images === undefined && from !== 'coco' ? withPictureAdvice(error, tree) : error;
      })
      .finally(() => reading.done());
    const { dataset, imagePaths, files, readLosses, writeLosses } = conversion;
    if (withImages) requirePictures(input, dataset, imagePaths);

    let written: WrittenCounts = { files: 1, pictures: 0 };
    if (asFile) {
      await writeSingleFile(out, files);
    } else {
      const total = dataset.images.length * (withImages ? 2 : 1);
      const writing = startProgress(`Writing ${formatByName[to].title}`, total, 'files');
      const locatePicture = (name: string) => {
        if (withImages) return tree.locate(imagePaths.get(name)!);
        throw new CliError(
          'usage',
          `--no-images leaves nothing to write for --to ${to}${task === undefined ? '' : ` --task ${task}`}: ` +
            'the folder of a picture is its label.',
        );
      };
      const pictures = link ? 'link' : 'copy';
      written = await writeFolderWhole(out, { files, locatePicture, pictures }, writing);
    }
    const report: ConversionReport = {
      input,
      output: out,
      from,
      to,
      pictures: dataset.images.length,
      annotations: dataset.annotations.length,
      categories: dataset.categories.length,
      writtenFiles: written.files,
      writtenPictures: written.pictures,
      losses: [
        ...readLosses.map((loss): StagedLoss => ({ stage: 'read', ...loss })),
        ...writeLosses.map((loss): StagedLoss => ({ stage: 'write', ...loss })),
      ],
    };
    // A COCO file's broken shapes are met by the writer only: its reader passes everything on.
    const isUnusable = ({ feature }: StagedLoss) => feature === 'unusable-records';
    return {
      exit: report.losses.some(isUnusable) ? 'problems' : 'ok',
      report: () => report,
      text: (terminal) => conversionText(report, terminal, options.all),
    };
  },
});

/** @throws CliError `usage` where the format knows no such task */
function requireTask(to: FormatName, task: WriteTask | undefined): void {
  const { title, tasks: known = [] } = formatByName[to] as AnnotationFormat;
  if (task === undefined || known.includes(task)) return;
  const advice = known.length === 0 ? 'Leave --task out' : `Choose ${known.join(' or ')}`;
  throw new CliError('usage', `${title} has no task ${task}. ${advice}.`);
}

/** @throws CliError `input` where the files look like no format */
async function recognisedFormat(input: string, tree: SourceTree): Promise<FormatName> {
  const format = await recogniseFormat(tree);
  if (format !== null) return format.name as FormatName;
  throw new CliError(
    'input',
    `${input}: expected a dataset of a known format, found ${counted(tree.paths.length, 'file')} that look like none. ` +
      `Name it with --from: ${formatNames.join(', ')}.`,
  );
}

/** Where a reader misses a picture and none is there: formats other than COCO may need them for their sizes. */
function withPictureAdvice(error: unknown, { paths }: SourceTree): unknown {
  if (!(error instanceof CocoError) || paths.some(isPicturePath)) return error;
  if (!inEnglish(error.details.expected).includes('picture')) return error;
  const advice = phrase`There are no pictures with it: say where they are with --images FOLDER.`;
  const { advice: before } = error.details;
  return new CocoError(error.code, {
    ...error.details,
    advice: before === undefined ? advice : phrase`${before} ${advice}`,
  });
}

/** The tree with a bar by files: a label file is read once, a picture measured at most once. */
function countingTree(tree: SourceTree, progress: Progress): SourceTree {
  const count = <T>(result: Promise<T>) => result.finally(() => progress.advance(1));
  return {
    paths: tree.paths,
    read: (path) => count(tree.read(path)),
    imageSize: (path) => count(tree.imageSize(path)),
  };
}

/** @throws CliError `input` where pictures are to be written and some are nowhere */
function requirePictures(
  input: string,
  { images }: CocoDataset,
  imagePaths: ReadonlyMap<string, string>,
): void {
  const missing = images.filter(({ file_name }) => !imagePaths.has(file_name));
  if (missing.length === 0) return;
  throw new CliError(
    'input',
    `${thousands(missing.length)} of ${counted(images.length, 'picture')} are not with ${input}, the first is ${missing[0].file_name}. ` +
      'Say where they are with --images FOLDER, or write the labels alone with --no-images.',
  );
}

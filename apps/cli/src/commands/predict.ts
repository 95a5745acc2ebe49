import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { modelPrecisions } from '@migaki/api';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { fileError } from '../files/file-error.ts';
import { listPictures, type PictureFile } from '../files/list-pictures.ts';
import { readGroundTruth } from '../files/read-coco-file.ts';
import { refuseToReplaceFile, writeFileWhole } from '../files/write-file.ts';
import { drawTable } from '../terminal/table.ts';
import { counted, duration, printable, thousands } from '../terminal/words.ts';
import { dataOption } from '../workbench/data-option.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

const shownSkipped = 20;

export const predict = defineCommand({
  name: 'predict',
  summary: 'Let a model look at pictures, and write what it finds as COCO results',
  description:
    'The model is one of the workbench (cells, cells@3, cells@champion) or an .onnx file that was trained ' +
    'here, for which no workbench is needed. The results are a COCO results file; each names its picture by ' +
    'image_id and file_name. Pictures are counted from 1, in the order of their names, unless --ids names a file ' +
    'that has ids for them.\n\n' +
    'Ends with 1 where some pictures could not be read; they are named, and all others are in the results.',
  arguments: {
    model: { help: 'A model of the workbench, or an .onnx file', completes: 'file' },
    pictures: { help: 'Pictures, or folders of them', rest: true, completes: 'file' },
  },
  options: {
    output: {
      kind: 'text',
      short: 'o',
      placeholder: 'file',
      help: 'The results file to write (default: results.json)',
      completes: 'file',
    },
    minScore: {
      kind: 'number',
      placeholder: 'score',
      min: 0,
      max: 1,
      help: 'Leave out what is less sure than this',
    },
    ids: {
      kind: 'text',
      placeholder: 'file',
      help: 'Take the ids of images from this COCO file, by their names; others are left out',
      completes: 'file',
    },
    precision: {
      kind: 'choice',
      choices: modelPrecisions,
      default: 'float32',
      help: 'Of a model of the workbench: in how many bits it computes',
    },
    overwrite: { kind: 'flag', help: 'Replace a results file that is there' },
    data: dataOption,
  },
  examples: [
    {
      command: 'npx migaki predict cells@champion new-pictures/ -o results.json',
      explains: 'What does the best model find in these pictures?',
    },
    {
      command: 'npx migaki predict model.onnx test/ --ids instances_test.json -o results.json',
      explains: 'Results that eval can hold against a ground truth',
    },
  ],
  exits: ['problems', 'input', 'output', 'service', 'interrupted', 'terminated'],
  async run({ arguments: { model, pictures: words }, options, startProgress }) {
    const { output = 'results.json', minScore = 0, overwrite } = options;
    await refuseToReplaceFile(output, overwrite);
    const found = await listPictures(words);
    const pictures =
      options.ids === undefined ? numbered(found) : await named(found, options.ids, startProgress);
    const bytes = await modelBytes(model, options);
    // Loaded when it is needed: it brings the runtime with it.
    const { cocoResults, openPredictor, readPicture } = await import('@migaki/train');
    const predictor = await openPredictor(bytes, model, { threads: availableParallelism() });
    const { card } = predictor;
    const report = {
      model,
      task: card.task.task,
      output,
      pictureCount: 0,
      resultCount: 0,
      seconds: 0,
      skipped: [] as { file: string; message: string }[],
    };
    const progress = startProgress(
      `Looking at ${counted(pictures.length, 'picture')}`,
      pictures.length,
      'pictures',
    );
    const started = performance.now();
    async function* results(signal: AbortSignal): AsyncGenerator<string> {
      let separator = '[\n';
      for (const { path, ...picture } of pictures) {
        signal.throwIfAborted();
        progress.advance(1);
        const raster = await readPicture(path).catch((error: Error) => {
          report.skipped.push({ file: path, message: error.message });
          return null;
        });
        if (raster === null) continue;
        report.pictureCount++;
        const answer = await predictor.predict(raster);
        for (const result of cocoResults(answer, picture, card.classes)) {
          if (result.score < minScore) continue;
          yield separator + JSON.stringify(result);
          separator = ',\n';
          report.resultCount++;
        }
      }
      yield separator === '[\n' ? '[]\n' : '\n]\n';
    }
    try {
      await writeFileWhole(output, results);
    } finally {
      progress.done();
      await predictor.close();
    }
    report.seconds = (performance.now() - started) / 1000;
    return {
      exit: report.skipped.length === 0 ? 'ok' : 'problems',
      report: () => report,
      text: (terminal) => {
        const speed = `${duration(report.seconds)}, ${thousands(Math.round(report.pictureCount / report.seconds))} pictures/s`;
        const table = drawTable(
          [{ title: '', align: 'right' }, { title: '' }],
          [
            [thousands(report.pictureCount), `pictures in ${speed}`],
            [thousands(report.resultCount), `results in ${printable(output)}`],
          ],
          terminal,
        );
        if (report.skipped.length === 0) return table;
        const { skipped } = report;
        return [
          table,
          terminal.paint('bold', `Not read (${thousands(skipped.length)}):`),
          ...skipped
            .slice(0, shownSkipped)
            .map(({ file, message }) => `  ${printable(`${file}: ${message}`)}`),
          ...(skipped.length > shownSkipped ? ['  …'] : []),
        ].join('\n');
      },
    };
  },
});

interface NumberedPicture extends PictureFile {
  imageId: number;
}

const numbered = (pictures: readonly PictureFile[]): NumberedPicture[] =>
  pictures.map((picture, index) => ({ ...picture, imageId: index + 1 }));

/** Those that a COCO file names. @throws CliError `input` where it names none of them */
async function named(
  pictures: readonly PictureFile[],
  path: string,
  startProgress: Parameters<typeof readGroundTruth>[1],
): Promise<NumberedPicture[]> {
  const { images } = await readGroundTruth(path, startProgress);
  const idOf = new Map(images.map(({ id, file_name }) => [file_name, id]));
  const known = pictures.flatMap((picture) => {
    const imageId = idOf.get(picture.fileName);
    return imageId === undefined ? [] : [{ ...picture, imageId }];
  });
  if (known.length > 0) return known;
  throw new CliError(
    'input',
    `${path}: expected images called as the pictures are, such as ${pictures[0].fileName}, found ${images[0]?.file_name ?? 'none'}.`,
  );
}

async function modelBytes(
  model: string,
  { data, precision }: { data: string | undefined; precision: (typeof modelPrecisions)[number] },
): Promise<Uint8Array> {
  if (/\.onnx$/i.test(model) || existsSync(model)) {
    return readFile(model).catch((error: unknown) => {
      throw fileError(error, 'read', model);
    });
  }
  return withWorkbench({ data, runsJobs: false }, async ({ client, signal }) => {
    const { modelId, version } = await client.findModelVersion({ query: { reference: model } });
    const params = { modelId, version };
    const response = await client.downloadModel({ params, query: { precision } }, { signal });
    return new Uint8Array(await response.arrayBuffer());
  });
}

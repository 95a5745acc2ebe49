// The first half of an import: labels. All formats stream through part by part, however large they are.

import { createHash } from 'node:crypto';
import {
  CocoError,
  type CocoImage,
  type FormatName,
  formatByName,
  phrase,
  readInParts,
  splitOf,
  splitOfPath,
  streamJson,
} from '@migaki/coco';
import {
  batchesOf,
  type CocoBatches,
  type ImportResult,
  imageNames,
  importCoco,
  type JobContext,
  type Store,
  StoreError,
} from '@migaki/store';
import type { SourceFiles } from '../../sources/source-files.ts';
import { cocoFiles, isPicturePath } from './choose-format.ts';
import {
  addLeftOut,
  addLosses,
  addProblem,
  addRemark,
  type ImportReport,
} from './import-report.ts';
import { createNaming, type Naming } from './naming.ts';

type Batch = CocoBatches extends AsyncIterable<infer B> | Iterable<infer B> ? B : never;

export interface LabelImport {
  store: Store;
  datasetId: number;
  author: string;
  files: SourceFiles;
  format: string;
  /** Whether the person has not said of which format the files are. */
  isGuessed: boolean;
  mode: 'add' | 'update' | 'replace';
  /** How often the import was cancelled and begun anew: what was published before was taken back. */
  round: number;
  report: ImportReport;
  job: JobContext<unknown>;
}

/**
 * Imports the labels, each file under one revision, and says how the pictures that come are to be called. A file that cannot be read is
 * told and left out where there is anything besides it: other label files, or pictures of which nobody said that labels belong to them.
 *
 * @throws StoreError `bad-import`, CocoError: what was imported before stays, the file at hand is not imported at all
 */
export async function importLabels(options: LabelImport): Promise<Naming> {
  const { files, format, isGuessed, mode, report } = options;
  if (mode !== 'add' && format !== 'coco') throw lacksIds(format);
  const known = await imageNames(options.store, options.datasetId);
  const picturePaths = files.paths.filter(isPicturePath);
  if (format === 'images') return createNaming(known, picturePaths);
  const hasOthers = isGuessed && mode === 'add' && picturePaths.length > 0;
  if (format === 'coco') {
    const naming = createNaming(known, picturePaths);
    const paths = await cocoFiles(files);
    if (mode === 'replace' && paths.length !== 1) throw severalFiles(paths.length);
    const splits = splitsOf(paths);
    const faults: unknown[] = [];
    // Results speak of images that another file brings.
    for (const path of await resultsLast(files, paths)) {
      options.job.signal.throwIfAborted();
      const stream = streamJson(await files.file(path).open());
      const batches = renamed(stream, (name) => naming.ofLabel(name, path), splits.get(path));
      await importBatches(options, path, batches).catch((error) => {
        if (mode !== 'add' || !isOfContent(error)) throw inFile(path, error);
        addProblem(report, path, error.details);
        faults.push(inFile(path, error));
      });
    }
    if (faults.length === paths.length && faults.length > 0 && !hasOthers) throw faults[0];
    for (const path of files.paths) {
      if (/\.json$/i.test(path) && !paths.includes(path)) {
        addProblem(report, path, {
          expected: phrase`a COCO file`,
          found: phrase`another JSON file`,
        });
      }
    }
    return naming;
  }
  const located = new Map<string, string>();
  const naming = createNaming(known, picturePaths, located);
  const batches = convertedBatches(options, located);
  try {
    await importBatches(
      options,
      format,
      renamed(batches, (name) => naming.ofLabel(name, '')),
    );
    return naming;
  } catch (error) {
    if (!hasOthers || !isOfContent(error)) throw error;
    const { where = formatByName[format as FormatName].title, ...fault } = error.details;
    addProblem(report, where, fault);
    return createNaming(known, picturePaths);
  }
}

/** What a converter reads, part by part. @param located is told where the pictures of each part lie, before it comes. */
async function* convertedBatches(
  { files, format, report }: LabelImport,
  located: Map<string, string>,
): AsyncGenerator<Batch> {
  const parts = readInParts(formatByName[format as FormatName], files);
  for (;;) {
    const step = await parts.next();
    for (const [name, path] of step.value.imagePaths) located.set(name, path);
    yield* batchesOf(step.value.dataset);
    if (!step.done) continue;
    addLosses(report, step.value.losses);
    return;
  }
}

async function importBatches(
  { store, datasetId, author, format, mode, round, report, job }: LabelImport,
  path: string,
  batches: CocoBatches,
): Promise<void> {
  job.message(format === 'coco' ? phrase`Reading ${path}` : phrase`Reading labels`);
  const result = await importCoco(store, datasetId, batches, {
    author,
    mode,
    jobId: job.id,
    note: path,
    passesTrash: true,
    // A run after a crash finds what the crashed one published, and what it answered.
    key: uuidOf([job.id, path, ...(round === 0 ? [] : [round])].join(' ')),
    signal: job.signal,
    onProgress: ({ annotationCount }) => job.progress(annotationCount, null, 'annotations'),
  });
  tell(report, path, result);
}

/** An error about the content of a file, which says of which. */
function inFile(path: string, error: unknown): unknown {
  if (!isOfContent(error)) return error;
  const { where, ...fault } = error.details;
  const details = { ...fault, where: where === undefined ? path : phrase`${path}, ${where}` };
  return error instanceof CocoError
    ? new CocoError(error.code, details)
    : new StoreError(error.code, details);
}

const isOfContent = (error: unknown): error is CocoError | StoreError =>
  error instanceof CocoError || (error instanceof StoreError && error.code === 'bad-import');

/** Of labels without ids it cannot be said which they are to change. */
const lacksIds = (format: string): StoreError =>
  new StoreError('bad-import', {
    expected: phrase`a COCO file to update labels from, whose annotations have ids`,
    found: format === 'images' ? phrase`pictures` : formatByName[format as FormatName].title,
    advice: phrase`Import it without updating: what is new is added then.`,
  });

/** Each would take away what is in the others. */
const severalFiles = (count: number): StoreError =>
  new StoreError('bad-import', {
    expected: phrase`one COCO file, so that what it does not have can be deleted`,
    found: phrase`${count} files`,
  });

function tell(report: ImportReport, path: string, result: ImportResult): void {
  report.imagesAdded += result.imagesAdded;
  report.imagesKnown += result.imagesKnown;
  report.annotationsAdded += result.annotationsAdded;
  report.annotationsKnown += result.annotationsKnown;
  report.annotationsChanged += result.annotationsChanged;
  report.annotationsDeleted += result.annotationsDeleted;
  report.categoriesAdded += result.categoriesAdded;
  if (result.annotationsAbsent > 0) {
    const absent = phrase`labels of these pictures are not in the file, and stay`;
    addRemark(report.notes, absent, result.annotationsAbsent, path);
  }
  addLeftOut(report, result.leftOut);
}

/**
 * Of files that are the parts of one dataset, such as `instances_train.json` beside `instances_val.json`, which part each is. One
 * part alone says nothing: its file comes out as it went in.
 */
function splitsOf(paths: readonly string[]): Map<string, string> {
  const named = paths.flatMap((path): [string, string][] => {
    const split = splitOfPath(path);
    return split !== undefined && /^(train|val|test)/i.test(split) ? [[path, split]] : [];
  });
  const isTold = new Set(named.map(([, split]) => split)).size > 1;
  return new Map(isTold ? named : []);
}

/** The batches, with images under their names in the dataset, and in a part of it where they are said to be in none. */
async function* renamed(
  batches: CocoBatches,
  nameOf: (fileName: string) => string,
  split?: string,
): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    if (batch.section !== 'images' || batch.kind !== 'elements') {
      yield batch;
      continue;
    }
    const values = batch.values.map((value) => {
      const name = (value as Partial<CocoImage> | null)?.file_name;
      if (typeof name !== 'string') return value;
      const image = value as CocoImage;
      const isPart = split !== undefined && splitOf(image) === undefined;
      const kept = nameOf(name);
      if (kept === name && !isPart) return value;
      return { ...image, file_name: kept, ...(isPart && { split }) };
    });
    yield { ...batch, values };
  }
}

async function resultsLast(files: SourceFiles, paths: readonly string[]): Promise<string[]> {
  const isResults = new Map<string, boolean>();
  for (const path of paths) {
    for await (const chunk of await files.file(path).open()) {
      isResults.set(path, /^\s*\uFEFF?\s*\[/.test(String(chunk).slice(0, 100)));
      break;
    }
  }
  return paths.toSorted((a, b) => Number(isResults.get(a)) - Number(isResults.get(b)));
}

/** A UUID (version 8, RFC 9562) that is the same for the same text. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

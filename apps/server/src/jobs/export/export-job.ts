// The job that exports: a COCO file, or a zip of any format with or without the pictures, written to the workspace as
// it is made and then waiting to be fetched.

import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { leftBehind } from '@migaki/api';
import {
  type CocoAnnotation,
  type CocoImage,
  type FormatName,
  formatByName,
  inLargePieces,
  isPictureLabel,
  type OutputFile,
  phrase,
  type WriteTask,
  writeCoco,
} from '@migaki/coco';
import {
  type BlobStore,
  type CocoRoot,
  exportCoco,
  getImages,
  type JobContext,
  type LeftBehind,
  type Store,
  StoreError,
  takeSlippedBack,
} from '@migaki/store';
import type { WorkspaceFolders } from '../../workspace-folders.ts';
import { writeZip, type ZipEntry } from '../../zip/write-zip.ts';
import { classFoldersNote } from '../class-folders-note.ts';
import { addLosses, emptyReport, type ImportReport } from '../import/import-report.ts';
import { lacksPictures } from './lacks-pictures.ts';
import { wholeDataset } from './whole-dataset.ts';

export interface ExportParams {
  datasetId: number;
  datasetName: string;
  format: string;
  version?: string;
  query: string;
  /** Names; all where left out. */
  categories?: readonly string[];
  withImages: boolean;
  /** Jobs of before know nothing of it. */
  withReview?: boolean;
  task?: WriteTask;
  /** Jobs of before know nothing of it. */
  author?: string;
}

export interface ExportReport {
  /** What the file should be called where it is saved. */
  fileName: string;
  byteSize: number;
  /** What was asked for; empty for all. */
  query: string;
  images: number;
  annotations: number;
  pictures: number;
  /** Pictures that were asked for and are not there: they never came, or this workspace has lost them. */
  missingPictureCount: number;
  missingPictures: string[];
  losses: ImportReport['losses'];
}

export interface ExportServices {
  store: Store;
  blobs: BlobStore;
  folders: WorkspaceFolders;
}

const longestList = 200;
const imagesPerLookUp = 1_000;

export async function runExport(
  services: ExportServices,
  job: JobContext<ExportParams>,
): Promise<ExportReport> {
  const { datasetId, datasetName, format, version, query, categories, withImages } = job.params;
  const withReview = format === 'coco' && job.params.withReview === true;
  if (!Object.hasOwn(formatByName, format)) {
    throw new StoreError('bad-import', {
      expected: phrase`one of the formats ${Object.keys(formatByName).join(', ')}`,
      found: format,
    });
  }
  const isJson = format === 'coco' && !withImages;
  const report: ExportReport = {
    fileName: fileNameOf(datasetName, version, format, isJson),
    byteSize: 0,
    query,
    images: 0,
    annotations: 0,
    pictures: 0,
    missingPictureCount: 0,
    missingPictures: [],
    losses: [],
  };
  const target = join(services.folders.exports, job.id);
  const unfinished = `${target}.unfinished`;
  try {
    if (version === undefined) await takeBack(services.store, job);
    const options = { at: version, query, categories, withReview };
    await exportCoco(services.store, datasetId, options, async (root, left) => {
      const pictures = new PictureList(services.store, datasetId, version);
      const other = { turnedBoxes: noneYet(), pictureLabels: noneYet() };
      const lost = noneYet();
      const counted = countedRoot(root, report, pictures, other, job);
      const file = createWriteStream(unfinished);
      if (isJson) await pipeline(Readable.from(writeCoco(counted)), file);
      else await pipeline(writeZip(entries(services, job, counted, pictures, report, lost)), file);
      if (format === 'coco') addFound(report, other);
      addFound(report, { lostPictures: lost });
      addLeftBehind(report, left);
    });
    report.byteSize = (await stat(unfinished)).size;
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  job.message(null);
  return report;
}

/** Whoever learns from the file should not learn what was made wrong on purpose. */
async function takeBack(store: Store, job: JobContext<ExportParams>): Promise<void> {
  const { datasetId, author = 'migaki' } = job.params;
  const count = await takeSlippedBack(store, datasetId, author);
  if (count === 0) return;
  job.log(
    phrase`${count} mistakes that were slipped in as controls are proposals again`,
    'warning',
  );
}

function addFound(
  report: ExportReport,
  found: Partial<Record<keyof typeof leftBehind, Found>>,
): void {
  for (const [what, { count, example }] of Object.entries(found)) {
    const feature = leftBehind[what as keyof typeof leftBehind];
    if (count > 0) report.losses.push({ feature, count, example });
  }
}

/** What the workbench knows and no format has a field for, or nobody has decided on. */
function addLeftBehind(
  report: ExportReport,
  { reviewCount, reviewSample, proposalCount }: LeftBehind,
): void {
  if (reviewCount > 0) {
    report.losses.push({
      feature: leftBehind.review,
      count: reviewCount,
      example: reviewSample,
    });
  }
  if (proposalCount > 0) {
    report.losses.push({
      feature: leftBehind.proposals,
      count: proposalCount,
      example: '',
    });
  }
}

/** The files of the export, each made when the one before is written. */
async function* entries(
  { blobs }: ExportServices,
  job: JobContext<ExportParams>,
  root: CocoRoot,
  pictures: PictureList,
  report: ExportReport,
  lost: Found,
): AsyncGenerator<ZipEntry> {
  async function* picture(path: string, fileName: string): AsyncGenerator<ZipEntry> {
    job.signal.throwIfAborted();
    const sha256 = await pictures.sha256Of(fileName);
    const content = sha256 === null ? null : await blobs.open(sha256).catch(nullIfNotFound);
    if (content === null) {
      if (sha256 !== null) count(lost, fileName);
      report.missingPictureCount++;
      if (report.missingPictures.length < longestList) report.missingPictures.push(fileName);
      return;
    }
    report.pictures++;
    yield { path, content, isPacked: true };
  }
  const { format, withImages, task } = job.params;
  if (format === 'coco') {
    yield { path: 'annotations.json', content: bytesOf(writeCoco(root)) };
    for (const fileName of pictures.names()) yield* picture(`images/${fileName}`, fileName);
    return;
  }
  const dataset = await wholeDataset(root, format);
  const { files, losses } = formatByName[format as FormatName].write(dataset, { task, withImages });
  let hasFiles = false;
  let hasTexts = false;
  for (const file of files) {
    job.signal.throwIfAborted();
    hasTexts ||= 'text' in file;
    hasFiles ||= withImages || hasTexts;
    if ('text' in file) yield { path: file.path, content: bytesOf(file.text) };
    else if (withImages) yield* picture(file.path, file.imageFileName);
  }
  // A task that nobody named is known by now.
  if (!hasFiles && report.images > 0) throw lacksPictures(format);
  if (hasFiles && !hasTexts)
    yield { path: classFoldersNote.path, content: bytesOf(classFoldersNote.text) };
  const carried = emptyReport(format);
  addLosses(carried, losses);
  report.losses = carried.losses;
}

async function* bytesOf(text: Extract<OutputFile, { text: unknown }>['text']) {
  for await (const piece of inLargePieces(text)) yield Buffer.from(piece);
}

/** Streams what it is given, and notes what passes. */
function countedRoot(
  root: CocoRoot,
  report: ExportReport,
  pictures: PictureList,
  other: OtherThanBoxes,
  job: JobContext<ExportParams>,
): CocoRoot {
  const counted = async function* <Record>(
    records: AsyncIterable<Record>,
    note: (record: Record) => void,
  ) {
    for await (const record of records) {
      job.signal.throwIfAborted();
      note(record);
      yield record;
    }
  };
  return {
    ...root,
    images: counted(root.images, (image) => {
      report.images++;
      pictures.add(image);
      job.progress(report.images, null, 'images');
    }),
    annotations: counted(root.annotations, (annotation) => {
      report.annotations++;
      if (isTurnedBox(annotation)) count(other.turnedBoxes, `annotation ${annotation.id}`);
      if (isPictureLabel(annotation)) count(other.pictureLabels, `annotation ${annotation.id}`);
      job.progress(report.annotations, null, 'annotations');
    }),
  };
}

interface Found {
  count: number;
  example: string;
}

/** What COCO holds and has no box of its own: nothing is lost, but whoever looks for boxes finds none. */
type OtherThanBoxes = Record<'turnedBoxes' | 'pictureLabels', Found>;

const noneYet = (): Found => ({ count: 0, example: '' });

function count(found: Found, example: string): void {
  if (++found.count === 1) found.example = example;
}

function nullIfNotFound(error: unknown): null {
  if (error instanceof StoreError && error.code === 'blob-not-found') return null;
  throw error;
}

const isTurnedBox = ({ segmentation, attributes }: CocoAnnotation): boolean =>
  Array.isArray(segmentation) &&
  segmentation.length === 1 &&
  segmentation[0].length === 8 &&
  typeof attributes?.rotation === 'number';

/** Which picture belongs to a name, looked up a thousand at a time. */
class PictureList {
  readonly #store: Store;
  readonly #datasetId: number;
  readonly #version: string | undefined;
  readonly #idOf = new Map<string, number>();
  readonly #shaOf = new Map<string, string | null>();

  constructor(store: Store, datasetId: number, version: string | undefined) {
    this.#store = store;
    this.#datasetId = datasetId;
    this.#version = version;
  }

  add({ id, file_name }: CocoImage): void {
    this.#idOf.set(file_name, id);
  }

  names(): Iterable<string> {
    return this.#idOf.keys();
  }

  /** Null where the picture is missing. */
  async sha256Of(fileName: string): Promise<string | null> {
    if (!this.#shaOf.has(fileName)) await this.#lookUpFrom(fileName);
    return this.#shaOf.get(fileName) ?? null;
  }

  async #lookUpFrom(fileName: string): Promise<void> {
    const ids: number[] = [];
    let isReached = false;
    for (const [name, id] of this.#idOf) {
      isReached ||= name === fileName;
      if (isReached && !this.#shaOf.has(name)) ids.push(id);
      if (ids.length === imagesPerLookUp) break;
    }
    // A picture that was missing in a version and came later belongs to it; one that was replaced is as it was.
    const moments = this.#version === undefined ? [undefined] : [undefined, this.#version];
    for (const at of moments) {
      for (const image of await getImages(this.#store, this.#datasetId, ids, { at })) {
        if (image.sha256 === null && this.#shaOf.has(image.fileName)) continue;
        this.#shaOf.set(image.fileName, image.sha256);
        this.#shaOf.set(image.coco.file_name, image.sha256);
      }
    }
    if (!this.#shaOf.has(fileName)) this.#shaOf.set(fileName, null);
  }
}

function fileNameOf(
  datasetName: string,
  version: string | undefined,
  format: string,
  isJson: boolean,
): string {
  const stem = [datasetName, version, format].filter((part) => part !== undefined).join('-');
  // What file systems of any kind refuse.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are among it
  return `${stem.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '_')}.${isJson ? 'json' : 'zip'}`;
}

// The job that imports: labels first, so that the images are there and the pictures complete them, then the pictures.
// It bears to be run again at any point: labels are published once per file, pictures are found where they are. One that is
// cancelled takes back what it has brought in.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { phrase } from '@migaki/coco';
import {
  type BlobStore,
  getDataset,
  imageNames,
  type JobContext,
  type Store,
  StoreError,
} from '@migaki/store';
import { aPicture } from '../../pictures/picture.ts';
import type { PictureService } from '../../pictures/picture-service.ts';
import { openServerFiles, openUpload } from '../../sources/open-source.ts';
import { sampleFiles } from '../../sources/sample-files.ts';
import type { Refusal, SourceFiles } from '../../sources/source-files.ts';
import { withVideoFrames } from '../../sources/video-frames.ts';
import type { WorkspaceFolders } from '../../workspace-folders.ts';
import { chooseFormat, isPictureOfOtherKind } from './choose-format.ts';
import { importLabels } from './import-labels.ts';
import { importPictures } from './import-pictures.ts';
import {
  addProblem,
  addRemark,
  emptyReport,
  type ImportReport,
  longestList,
} from './import-report.ts';
import { isCancelled, takeBack, tellWhatStays } from './take-back.ts';

export interface ImportParams {
  datasetId: number;
  /** The name of the dataset, where it was made for this import. */
  newDataset?: string;
  /** A path has been checked against the folders that may be read. */
  source: { uploadId: string } | { path: string } | { sample: 'cells' };
  /** `auto`, `images` or a format's name. */
  format: string;
  imagesPath?: string;
  mode: 'add' | 'update' | 'replace';
  /** Of videos. */
  framesPerSecond: number;
  author: string;
}

export interface ImportServices {
  store: Store;
  blobs: BlobStore;
  pictures: PictureService;
  folders: WorkspaceFolders;
}

/** What an earlier run left. */
interface Progress {
  picturesDone: number;
  report: ImportReport;
  /** How often it was cancelled before, and begun anew. Jobs of before know nothing of it. */
  round?: number;
}

export async function runImport(
  services: ImportServices,
  job: JobContext<ImportParams>,
): Promise<ImportReport> {
  const kept = job.resumeFrom as Progress | { round: number } | null;
  const round = kept?.round ?? 0;
  const earlier = kept !== null && 'report' in kept ? kept : null;
  const report = { ...emptyReport(''), ...earlier?.report };
  try {
    job.signal.throwIfAborted();
    return await bringIn(services, job, { earlier, round, report });
  } catch (error) {
    if (!isCancelled(job.signal)) {
      if (!job.signal.aborted) tellWhatStays(job, cameIn(report));
      throw error;
    }
    await takeBack(services.store, job, cameIn(report));
    await job.checkpoint({ round: round + 1 });
    throw job.signal.reason;
  }
}

const cameIn = (report: ImportReport) => ({
  images: report.imagesAdded + report.picturesAdded,
  labels: report.annotationsAdded,
});

interface Begun {
  earlier: Progress | null;
  round: number;
  /** Is filled in. */
  report: ImportReport;
}

async function bringIn(
  { store, blobs, pictures, folders }: ImportServices,
  job: JobContext<ImportParams>,
  { earlier, round, report }: Begun,
): Promise<ImportReport> {
  const { datasetId, newDataset, source, mode, author } = job.params;
  job.message(phrase`Looking through the files`);
  const scratchFolder = join(folders.scratch, job.id);
  const files = await openFiles(folders, job, scratchFolder);
  const refused = [...files.refused, ...picturesOfOtherKinds(files)];
  try {
    const {
      name: format,
      passedOver,
      folders: classes,
    } = await chooseFormat(files, job.params.format).catch((error) => {
      // Where nothing can be imported, what was left out may be all that was meant.
      const [left] = refused;
      if (left === undefined || !(error instanceof StoreError)) throw error;
      throw new StoreError('bad-import', { where: left.file, ...left.fault });
    });
    report.format = format;
    if (earlier === null) {
      job.log(phrase`${files.paths.length} files, taken as ${format}`);
      for (const { file, fault } of refused) addProblem(report, file, fault);
      for (const title of passedOver) {
        const passed = phrase`labels of other formats beside COCO were passed over`;
        addRemark(report.notes, passed, 1, title);
      }
      if (format === 'images' && job.params.format === 'auto') tellUnread(report, files);
    }
    const common = { store, datasetId, author, files, job };
    // Again after a crash: it tells how pictures are called, and publishes nothing twice.
    const naming = await importLabels({
      ...common,
      format,
      isGuessed: job.params.format === 'auto',
      mode,
      round,
      report: earlier === null ? report : emptyReport(format),
    });
    await importPictures({
      ...common,
      blobs,
      pictures,
      naming,
      report,
      done: earlier?.picturesDone ?? 0,
      checkpoint: (picturesDone) =>
        job.checkpoint({ picturesDone, report, round } satisfies Progress),
    });
    tellUnlabelled(report);
    tellFolders(report, classes);
    await tellMissing(store, datasetId, report);
    for (const { file, message } of report.problems)
      job.log(phrase`${file}: ${message}`, 'warning');
    for (const { file, message } of report.damaged)
      job.log(phrase`${file} came in, and is damaged inside: ${message}`, 'warning');
    if (newDataset !== undefined && (await getDataset(store, datasetId)).revision === 0) {
      throw nothingCame(report);
    }
    if ('uploadId' in source) {
      await rm(join(folders.uploads, source.uploadId), { recursive: true, force: true });
    }
    job.message(null);
    return report;
  } finally {
    files.close();
    await rm(scratchFolder, { recursive: true, force: true });
  }
}

async function openFiles(
  folders: WorkspaceFolders,
  { params, signal, progress, message }: JobContext<ImportParams>,
  scratchFolder: string,
): Promise<SourceFiles> {
  const { source, imagesPath, framesPerSecond } = params;
  if ('sample' in source) return sampleFiles();
  const files = await ('path' in source
    ? openServerFiles(source.path, imagesPath)
    : openUpload(join(folders.uploads, source.uploadId)));
  try {
    return await withVideoFrames(files, {
      framesPerSecond,
      scratchFolder,
      signal,
      onProgress: (frameCount, video) => {
        message(phrase`Taking frames out of ${video}`);
        progress(frameCount, null, 'frames');
      },
    });
  } catch (error) {
    files.close();
    throw error;
  }
}

function picturesOfOtherKinds(files: SourceFiles): Refusal[] {
  const others = files.paths.filter(isPictureOfOtherKind);
  return others.map((file) => ({
    file,
    fault: { expected: aPicture, found: phrase`one of another kind` },
  }));
}

/** Beside a label file, pictures that it says nothing of may be a mistake. */
function tellUnlabelled({ imagesAdded, imagesKnown, picturesAdded, notes }: ImportReport): void {
  if (imagesAdded + imagesKnown === 0 || picturesAdded === 0) return;
  addRemark(
    notes,
    phrase`pictures that no label file names, brought in without labels`,
    picturesAdded,
  );
}

/** Where no format was recognised, who has a label file beside pictures would else not hear that it is none. */
function tellUnread({ notes }: ImportReport, { paths }: SourceFiles): void {
  const unread = paths.filter((path) => /\.(json|jsonl|ndjson|xml|csv|tsv)$/i.test(path));
  const passed = phrase`files that are labels of no known format were passed over`;
  for (const path of unread) addRemark(notes, passed, 1, path);
}

/** Pictures that complete images, or were there, have their classes from where they came before. */
function tellFolders({ picturesAdded, notes }: ImportReport, folders: readonly string[]): void {
  if (picturesAdded === 0) return;
  const plain = phrase`folders were not taken for classes; the format folder-per-class does that`;
  for (const folder of folders) addRemark(notes, plain, 1, folder);
}

/** A dataset that was made for the import and stays as empty as it was made is of no use: the job fails, and it goes. */
function nothingCame({ problems: [first], problemCount }: ImportReport): StoreError {
  return new StoreError('bad-import', {
    where: first?.file,
    expected: phrase`pictures or labels`,
    found: first === undefined ? phrase`none` : phrase`none that can be used (${first.message})`,
    advice: problemCount > 1 ? phrase`The log of the job tells of the other files.` : undefined,
  });
}

async function tellMissing(store: Store, datasetId: number, report: ImportReport): Promise<void> {
  const missing = (await imageNames(store, datasetId)).filter(({ isMissing }) => isMissing);
  report.missingPictureCount = missing.length;
  report.missingPictures = missing.slice(0, longestList).map(({ fileName }) => fileName);
}

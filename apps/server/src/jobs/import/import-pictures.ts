// The second half of an import: pictures go to the blobs, some at a time, and become images batch by batch. A picture
// that cannot be read is told and left out; it never stops the others.

import { phrase } from '@migaki/coco';
import {
  type AddPicturesResult,
  addPictures,
  type BlobStore,
  type JobContext,
  type NewPicture,
  type Store,
  type StoredBlob,
  StoreError,
} from '@migaki/store';
import { inspectPicture } from '../../pictures/picture.ts';
import { PictureError } from '../../pictures/picture-error.ts';
import type { PictureService } from '../../pictures/picture-service.ts';
import type { SourceFiles } from '../../sources/source-files.ts';
import { isPicturePath } from './choose-format.ts';
import { addProblem, addRemark, type ImportReport, longestList } from './import-report.ts';
import type { Naming } from './naming.ts';

export interface PictureImport {
  store: Store;
  blobs: BlobStore;
  pictures: PictureService;
  datasetId: number;
  author: string;
  files: SourceFiles;
  naming: Naming;
  report: ImportReport;
  job: JobContext<unknown>;
  /** How many pictures, in the order of their paths, an earlier run has finished. */
  done: number;
  /** Keeps how far this run is. */
  checkpoint: (done: number) => Promise<void>;
}

/** One revision each. Small enough that a page fills while it looks on, and that a crash costs little. */
const batchSize = 500;
/** Decoding uses a core, writing waits for the disk: twice as many as threads decode, so that these never wait. */
const atOnce = 8;

export async function importPictures(options: PictureImport): Promise<void> {
  const { files, report, job } = options;
  const paths = files.paths.filter(isPicturePath);
  let { done } = options;
  job.message(phrase`Reading pictures`);
  job.progress(done, paths.length, 'pictures');
  while (done < paths.length) {
    const batch = paths.slice(done, done + batchSize);
    const start = done;
    let finished = 0;
    const unusable = new Set<string>();
    const taken = await eachOf(batch, atOnce, async (path) => {
      job.signal.throwIfAborted();
      const picture = await takePicture(options, path, unusable);
      job.progress(start + ++finished, paths.length, 'pictures');
      return picture;
      // Only when all have ended: the same damaged file may be there under several names.
    }).finally(() => Promise.all([...unusable].map((sha256) => options.blobs.delete(sha256))));
    const named = new Map<string, NewPicture>();
    for (const [index, picture] of taken.entries()) {
      if (picture === null) continue;
      const first = named.get(picture.fileName);
      if (first !== undefined && first.sha256 !== picture.sha256) {
        addProblem(report, batch[index], {
          expected: phrase`one picture ${picture.fileName}`,
          found: phrase`two`,
        });
      } else named.set(picture.fileName, picture);
    }
    const { store, datasetId, author } = options;
    const result = await addPictures(store, datasetId, [...named.values()], {
      author,
      jobId: job.id,
      passesTrash: true,
    });
    tell(report, result, named.size);
    done += batch.length;
    await options.checkpoint(done);
  }
}

function tell(report: ImportReport, result: AddPicturesResult, count: number): void {
  report.pictures += count;
  report.picturesAdded += result.added;
  report.picturesCompleted += result.completed;
  report.picturesKnown += result.known;
  if (result.trashed.length > 0) {
    const feature = phrase`pictures are in the trash, and stay there: restore them there`;
    addRemark(report.notes, feature, result.trashed.length, result.trashed[0]);
  }
  for (const name of result.conflicting) {
    addProblem(report, name, {
      expected: phrase`the picture that the dataset has`,
      found: phrase`another of its name`,
    });
  }
}

/**
 * @param unusable is told of blobs that are new and no pictures
 * @returns null for what cannot be read as a picture, which is told in the report
 */
async function takePicture(
  { files, blobs, pictures, naming, report }: PictureImport,
  path: string,
  unusable: Set<string>,
): Promise<NewPicture | null> {
  let put: StoredBlob | undefined;
  try {
    const file = files.file(path);
    put = await blobs.put(await file.open());
    const { sha256, byteSize } = put;
    const info = await inspectPicture(blobs.localPath(sha256) ?? (await wholeBlob(blobs, sha256)));
    const damage = await pictures.prepare(sha256);
    if (damage !== null) {
      report.damagedCount++;
      if (report.damaged.length < longestList) report.damaged.push({ file: path, message: damage });
    }
    return { fileName: naming.ofPicture(path), sha256, byteSize, source: file.source, ...info };
  } catch (error) {
    const isDamaged = error instanceof StoreError && error.code === 'bad-import';
    if (!(error instanceof PictureError || isDamaged)) throw error;
    if (put?.isNew) unusable.add(put.sha256);
    // The path says where.
    const { where: _, ...fault } = error.details;
    addProblem(report, path, fault);
    return null;
  }
}

async function wholeBlob(blobs: BlobStore, sha256: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await blobs.open(sha256)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * Results in the order of the elements, `limit` of them in the making at a time. When one fails no other begins, and that is
 * told once those in the making have ended: whoever tidies up then finds nothing that is still being written.
 */
async function eachOf<Element, Result>(
  elements: readonly Element[],
  limit: number,
  act: (element: Element) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < elements.length; index = next++) {
      try {
        results[index] = await act(elements[index]);
      } catch (error) {
        next = elements.length;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: limit }, work));
  const failed = ends.find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
  return results;
}

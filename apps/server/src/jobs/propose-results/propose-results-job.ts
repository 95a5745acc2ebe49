// The job that takes what a model found elsewhere as proposals. The whole file is read, and refused where it must be, before
// anything is written; then pictures are gone through by id, so that after a crash it goes on where it was.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { faultPhrase, phrase, type Words } from '@migaki/coco';
import {
  type Category,
  type ControlShares,
  getImages,
  type Image,
  type ImageProposals,
  imageNames,
  type JobContext,
  listCategories,
  matchingIds,
  type StagedResults,
  type Store,
  withStagedResults,
} from '@migaki/store';
import type { WorkspaceFolders } from '../../workspace-folders.ts';
import { adoptCategories } from '../adopt-categories.ts';
import { adoptionNotes } from '../preannotate/adoption-notes.ts';
import { isUnlabelled } from '../preannotate/is-unlabelled.ts';
import type { ProposedClass } from '../preannotate/proposals-of.ts';
import { withControls } from '../preannotate/with-controls.ts';
import {
  nothingProposed,
  type ProposalCounts,
  writeProposals,
} from '../preannotate/write-proposals.ts';
import { byName, classesOfResults } from './classes-of-results.ts';
import { openResults, type ResultsSource } from './open-results.ts';
import { type PicturesOfResults, picturesOfResults } from './pictures-of-results.ts';
import { longestList, proposalReader, type ResultCounts } from './proposal-reader.ts';
import { type ResultsFile, readResults } from './read-results.ts';

export interface ProposeResultsParams extends Partial<ControlShares> {
  datasetId: number;
  from: ResultsSource;
  /** In whose name they are proposed. */
  source: string;
  query: string;
  onlyUnlabelled: boolean;
  threshold: number;
  /** By name or id of a class. */
  thresholds: Record<string, number>;
  map: Record<string, string>;
  author: string;
}

export interface ProposeResultsReport extends ProposalCounts, ResultCounts {
  resultsRead: number;
  picturesWithResults: number;
  /** Left out, where only unlabelled pictures were asked for. */
  picturesLabelled: number;
  notes: { feature: Words; count: number; example: Words }[];
}

/** What `checkpoint` keeps. */
interface Resumption {
  /** Null before the first. */
  lastImageId: number | null;
  report: ProposeResultsReport;
}

interface Services {
  store: Store;
  folders: WorkspaceFolders;
}

/** Pictures that are written at once. */
const chunkSize = 256;

/** @throws StoreError `bad-preannotation`, CocoError: then nothing has changed */
export async function runProposeResults(
  { store, folders }: Services,
  job: JobContext<ProposeResultsParams>,
): Promise<ProposeResultsReport> {
  const { datasetId, from } = job.params;
  const files = await openResults(folders.uploads, from);
  try {
    job.message(phrase`Reading ${files.results.path}`);
    const report = await withStagedResults(store, async (staged) => {
      const file = await readResults(files, staged, job);
      const images = await imageNames(store, datasetId);
      const pictures = picturesOfResults(await staged.countByPicture(), file, images);
      const { settled, categoriesAdded } = await adopt(store, job, file);
      const { classes, passedOver } = settled;
      const categories = await listCategories(store, datasetId);
      const resumed = job.resumeFrom as Resumption | null;
      const written = { ...beginReport(file, pictures, passedOver), ...resumed?.report };
      if (categoriesAdded.length > 0) {
        written.notes = [...adoptionNotes(categoriesAdded), ...written.notes];
        await job.checkpoint({ lastImageId: null, report: written } satisfies Resumption);
      }
      job.message(null);
      await writeAll(store, job, { staged, classes, categories, pictures }, written, resumed);
      return written;
    });
    for (const { file, message } of report.problems) {
      job.log(phrase`${file}: ${message}`, 'warning');
    }
    if ('uploadId' in from) {
      await rm(join(folders.uploads, from.uploadId), { recursive: true, force: true });
    }
    return report;
  } finally {
    files.close();
  }
}

/** What classes become here; a dataset without categories gets those that the file lists. */
function adopt(
  store: Store,
  { id, params: { datasetId, map, author, ...asked } }: JobContext<ProposeResultsParams>,
  file: ResultsFile,
) {
  const names = new Map([...(file.categoryNames ?? [])].map(([key, name]) => [String(key), name]));
  return adoptCategories(
    store,
    datasetId,
    { classes: file.classes, map: byName(names, map) },
    { author, jobId: id, code: 'bad-preannotation' },
    (categories) => classesOfResults(file, categories, { ...asked, map }),
  );
}

function beginReport(
  { resultCount }: ResultsFile,
  { unknown }: PicturesOfResults,
  passedOver: readonly { name: string; resultCount: number }[],
): ProposeResultsReport {
  const left = passedOver.reduce((sum, { resultCount }) => sum + resultCount, 0);
  return {
    ...nothingProposed,
    resultsRead: resultCount,
    picturesWithResults: 0,
    resultsBelow: 0,
    picturesLabelled: 0,
    notes:
      left === 0
        ? []
        : [
            {
              feature: phrase`results of classes that are no category of the dataset`,
              count: left,
              example: passedOver.map(({ name }) => name).join(', '),
            },
          ],
    problemCount: unknown.length,
    problems: unknown.slice(0, longestList).map(({ key, resultCount }) => ({
      file: `image_id ${key}`,
      message: faultPhrase({
        expected: phrase`a picture of the dataset`,
        found:
          resultCount === 1
            ? phrase`none; one result is left out`
            : phrase`none; ${resultCount} results are left out`,
      }),
    })),
  };
}

interface Material {
  staged: StagedResults;
  /** By the file's ids. */
  classes: ReadonlyMap<number, ProposedClass>;
  categories: readonly Category[];
  pictures: PicturesOfResults;
}

async function writeAll(
  store: Store,
  job: JobContext<ProposeResultsParams>,
  material: Material,
  report: ProposeResultsReport,
  resumed: Resumption | null,
): Promise<void> {
  const { datasetId, source, query, onlyUnlabelled, author } = job.params;
  const { listed, keys } = material.pictures;
  const categoryIds = [...material.classes.values()].map(({ categoryId }) => categoryId);
  const controlled = await withControls(store, datasetId, job.params, [...new Set(categoryIds)]);
  const matching = await matchingIds(store, datasetId, { query, of: 'images' });
  const imageIds = matching
    .filter((id) => listed === null || listed.has(id) || keys.has(id))
    .sort((a, b) => a - b);
  const lastImageId = resumed?.lastImageId ?? Number.NEGATIVE_INFINITY;
  for (let from = 0; from < imageIds.length; from += chunkSize) {
    const ids = imageIds.slice(from, from + chunkSize).filter((id) => id > lastImageId);
    if (ids.length > 0) {
      job.signal.throwIfAborted();
      const images = (await getImages(store, datasetId, ids)).filter((one) => !one.isDeleted);
      const wanted = images.filter((image) => !onlyUnlabelled || isUnlabelled(image));
      const proposals = await controlled(wanted, await proposalsFor(wanted, material, report));
      const proposer = { datasetId, model: { name: source }, author, jobId: job.id };
      await writeProposals(store, proposer, proposals, report);
      report.picturesLabelled += images.length - wanted.length;
      await job.checkpoint({ lastImageId: ids.at(-1)!, report } satisfies Resumption);
    }
    job.progress(Math.min(from + chunkSize, imageIds.length), imageIds.length, 'images');
  }
}

async function proposalsFor(
  images: readonly Image[],
  { staged, classes, categories, pictures }: Material,
  report: ProposeResultsReport,
): Promise<ImageProposals[]> {
  const keysOf = ({ imageId }: Image) => pictures.keys.get(imageId) ?? [];
  const results = await staged.of(images.flatMap(keysOf));
  const byPicture = Map.groupBy(results, ({ picture }) => picture);
  const read = proposalReader(categories, report);
  return images.map((image) => {
    const own = keysOf(image).flatMap((key) => byPicture.get(key) ?? []);
    if (own.length > 0) report.picturesWithResults++;
    const found = own.flatMap(({ position, fields }) => {
      const proposed = classes.get(fields.category_id as number);
      return proposed === undefined ? [] : read(image, fields, proposed, position + 1);
    });
    return { imageId: image.imageId, found };
  });
}

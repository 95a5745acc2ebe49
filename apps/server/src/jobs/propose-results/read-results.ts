// Reads results of a model as a stream and puts them aside by picture. What makes the whole file doubtful, such as a score of
// 87 or a box in fractions of the picture, is an error here, before anything is written.

import { type CocoImage, type Fault, phrase, streamJson, type Words } from '@migaki/coco';
import { type JobContext, type StagedResult, type StagedResults, StoreError } from '@migaki/store';
import type { AdoptedClass } from '../adopt-categories.ts';
import { classListed } from './class-listed.ts';
import type { NamedFile, OpenResults } from './open-results.ts';

/** What a file says beside the results themselves. */
export interface ResultsFile {
  resultCount: number;
  /** How many results each id of a category has. */
  categoryCounts: Map<number, number>;
  /** What ids of pictures mean; null where no file says it: then they are the dataset's own. */
  pictureNames: Map<number, string> | null;
  /** What ids of categories mean; null as above. */
  categoryNames: Map<number, string> | null;
  /** The same with all that it says of them. */
  classes: AdoptedClass[];
  /** A whole COCO file lists the pictures that were looked at; a mere list means all. */
  listsPictures: boolean;
}

/** A score may be above 1 by what a sum of rounded numbers is. */
const roundingSlack = 1e-6;

/**
 * @throws CocoError for broken JSON; StoreError `bad-preannotation` for what is no list of results, a result without a
 *   picture, a category or a score from 0 to 1, and boxes that are no pixels
 */
export async function readResults(
  { results, labels }: Pick<OpenResults, 'results' | 'labels'>,
  staged: StagedResults,
  job: Pick<JobContext, 'signal' | 'progress'>,
): Promise<ResultsFile> {
  const file: ResultsFile = {
    resultCount: 0,
    categoryCounts: new Map(),
    pictureNames: null,
    categoryNames: null,
    classes: [],
    listsPictures: false,
  };
  if (labels !== null) await readLabels(labels, file, job);
  let greatestSide: number | null = null;
  let hasResults = false;
  for await (const batch of streamJson(await results.open())) {
    job.signal.throwIfAborted();
    job.progress(batch.bytesRead, results.byteSize, 'bytes');
    if (batch.section === 'images' || batch.section === 'categories') {
      keepNames(file, batch.section, batch.values);
      file.listsPictures ||= batch.section === 'images';
    }
    const isResults = batch.section === null || batch.section === 'annotations';
    if (!isResults || batch.kind !== 'elements') continue;
    hasResults = true;
    const section = batch.section ?? 'results';
    const read = batch.values.map((value, i) =>
      readResult(value, batch.firstIndex + i, `${section}[${batch.firstIndex + i}]`),
    );
    for (const { fields } of read) {
      const id = fields.category_id as number;
      file.categoryCounts.set(id, (file.categoryCounts.get(id) ?? 0) + 1);
      greatestSide = greaterSide(greatestSide, fields.bbox);
    }
    file.resultCount += read.length;
    await staged.add(read);
  }
  if (!hasResults) {
    throw refusal(results.path, {
      expected: phrase`a list of results, or a COCO file with annotations`,
      found: phrase`another JSON file`,
      advice: resultsAdvice,
    });
  }
  if (greatestSide !== null && greatestSide <= 1) {
    throw refusal(results.path, {
      where: 'bbox',
      expected: phrase`boxes [x, y, width, height] in pixels of the picture`,
      found: phrase`no number above ${String(greatestSide)}`,
      advice: phrase`Multiply fractions by the width and height of their pictures.`,
    });
  }
  return file;
}

const resultsAdvice = phrase`Results look like [{"image_id": 1, "category_id": 1, "bbox": [x, y, width, height], "score": 0.9}].`;

async function readLabels(
  labels: NamedFile,
  file: ResultsFile,
  job: Pick<JobContext, 'signal' | 'progress'>,
): Promise<void> {
  for await (const { section, values, bytesRead } of streamJson(await labels.open())) {
    job.signal.throwIfAborted();
    job.progress(bytesRead, labels.byteSize, 'bytes');
    if (section === 'images' || section === 'categories') keepNames(file, section, values);
  }
  if (file.pictureNames !== null && file.categoryNames !== null) return;
  throw refusal(labels.path, {
    expected: phrase`a COCO file with images and categories`,
    found: phrase`one without`,
    advice: phrase`Give the label file that the model’s pictures came with, or leave it out.`,
  });
}

function keepNames(file: ResultsFile, section: 'images' | 'categories', values: unknown[]): void {
  file.pictureNames ??= section === 'images' ? new Map() : null;
  file.categoryNames ??= section === 'categories' ? new Map() : null;
  for (const value of values) {
    if (section === 'categories') {
      const listed = classListed(value);
      if (listed === null) continue;
      file.categoryNames!.set(listed.id, listed.name);
      file.classes.push(listed);
      continue;
    }
    const { id, file_name } = (value ?? {}) as Partial<CocoImage>;
    if (!Number.isSafeInteger(id) || typeof file_name !== 'string') continue;
    file.pictureNames!.set(id!, file_name);
  }
}

/** Fields of a result that become a proposal's. */
const keptFields = ['bbox', 'segmentation', 'keypoints'] as const;

/**
 * The picture is kept as JSON: a number is an id, a text a file name. A result that has both is called by its name, which
 * means the same everywhere.
 *
 * @throws StoreError `bad-preannotation`
 */
export function readResult(value: unknown, position: number, where: string): StagedResult {
  const refuse = (
    field: string,
    expected: Fault['expected'],
    found: unknown,
    advice?: Fault['advice'],
  ) =>
    new StoreError('bad-preannotation', {
      where: field === '' ? where : `${where}.${field}`,
      expected,
      found: shown(found),
      advice,
    });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse('', phrase`a result`, value, resultsAdvice);
  }
  const result = value as Record<string, unknown>;
  const { image_id, file_name, category_id, score } = result;
  const picture = typeof file_name === 'string' ? file_name : image_id;
  if (typeof picture !== 'string' && !Number.isSafeInteger(picture)) {
    throw refuse('image_id', phrase`the id of a picture, or its file name`, image_id);
  }
  if (!Number.isSafeInteger(category_id)) {
    throw refuse('category_id', phrase`the id of a category`, category_id);
  }
  if (score === undefined || score === null) {
    throw refuse(
      'score',
      phrase`a number from 0 to 1`,
      score,
      phrase`Results of a model have scores. Labels that people drew are imported instead.`,
    );
  }
  if (typeof score !== 'number' || !(score >= -roundingSlack && score <= 1 + roundingSlack)) {
    throw refuse(
      'score',
      phrase`a number from 0 to 1`,
      score,
      phrase`Divide percentages by 100, and take logits through a sigmoid or softmax.`,
    );
  }
  const fields: Record<string, unknown> = {
    category_id,
    score: Math.min(1, Math.max(0, score)),
  };
  for (const name of keptFields) if (hasValue(result[name])) fields[name] = result[name];
  return { position, picture: JSON.stringify(picture), fields };
}

/** An empty list and null say as little as a field that is not there. */
const hasValue = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

const longestShown = 80;

const shown = (value: unknown): Words =>
  value === undefined ? phrase`nothing` : (JSON.stringify(value) ?? 'null').slice(0, longestShown);

const greaterSide = (greatest: number | null, bbox: unknown): number | null =>
  Array.isArray(bbox) && bbox.every((side) => typeof side === 'number')
    ? Math.max(greatest ?? 0, ...bbox)
    : greatest;

const refusal = (path: string, { where, ...fault }: Fault) =>
  new StoreError('bad-preannotation', {
    ...fault,
    where: where === undefined ? path : phrase`${path}, ${where}`,
  });

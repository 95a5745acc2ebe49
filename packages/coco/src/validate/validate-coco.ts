// Checks a whole COCO file against what the format and the tools that read it ask for, and repairs what has
// only one meaning. Format: https://cocodataset.org/#format-data; tools: pycocotools 2.0.11.

import type { CocoFile, OddityAtPath } from '../file/read-coco.ts';
import type { CocoDataset, CocoResult } from '../types.ts';
import type { PictureSize } from './boxes.ts';
import { checkCategory } from './categories.ts';
import { type FieldRecord, type Numbered, objectsOf, textField } from './fields.ts';
import { checkIds, checkReference, type IdTable } from './ids.ts';
import { checkImage } from './images.ts';
import { checkObject, checkResultGeometry, type ObjectContext } from './objects.ts';
import { checkPanopticRecord } from './panoptic.ts';
import { type Problem, ProblemLog, Words } from './problem.ts';
import { noteChecked, type RecordTrace, repairOfNumber, traceRecords } from './record-trace.ts';

export interface Validation<T extends CocoFile = CocoFile> {
  /** In the order of the file: sections as listed below, records by index. Empty for a sound file. */
  problems: Problem[];
  /** The file after every repair that `problems` tells; the given one is not changed. */
  repaired: T;
}

/**
 * Finds everything that is wrong with a file's records. Checks, in order: what the reader forgave, images,
 * categories, annotations (ids and references, then outline, box, area, crowd, keypoints).
 *
 * @param groundTruth for a results file: what its image and category ids refer to
 * @example
 * const { problems, repaired } = validateCoco(await readCoco(source));
 * for (const { severity, path, expected, found } of problems) console.log(severity, path, expected, found);
 */
export function validateCoco(file: CocoFile, groundTruth?: CocoDataset): Validation {
  const log = new ProblemLog();
  const trace = traceRecords(file.oddities);
  const repaired =
    file.kind === 'results'
      ? { ...file, results: checkResults(file.results, groundTruth, log, trace) }
      : { ...file, dataset: checkDataset(file.kind, file.dataset as Sections, log, trace) };
  const oddityLog = new ProblemLog();
  for (const oddity of file.oddities) reportOddity(oddity, oddityLog, trace);
  const problems = [...oddityLog.problems, ...log.problems];
  return { problems, repaired: { ...repaired, oddities: [] } as CocoFile };
}

type Sections = { [section: string]: unknown };

function reportOddity(
  { kind, path, text }: OddityAtPath,
  log: ProblemLog,
  trace: RecordTrace,
): void {
  const below = path.slice(1);
  log.enter(null, null);
  if (kind === 'byte-order-mark') {
    log.add(kind, below, {
      expected: 'JSON from the first byte on',
      found: new Words(text),
      repair: 'left out',
    });
  } else if (kind === 'duplicate-key') {
    log.add(kind, below, {
      expected: `the key "${text}" once`,
      found: new Words('it again'),
      repair: 'the last value counts',
    });
  } else if (kind === 'missing-section') {
    log.add(kind, below, { expected: 'an array', found: undefined, repair: 'now empty' });
  } else {
    const repair = repairOfNumber(path, trace);
    log.add(kind, below, { expected: 'a finite number', found: new Words(text), repair });
  }
}

function checkDataset(
  kind: Exclude<CocoFile['kind'], 'results'>,
  sections: Sections,
  log: ProblemLog,
  trace: RecordTrace,
): Sections {
  const recordsOf = (name: string) =>
    objectsOf(name, (sections[name] as unknown[] | undefined) ?? [], log);

  const images = checkIds('images', recordsOf('images'), log, { isReferredTo: true });
  const fileNames = new Set<string>();
  const checkedImages = eachRecord('images', images.records, log, trace, (record) =>
    checkImage(record, log, fileNames),
  );

  const categories = checkIds('categories', recordsOf('categories'), log, { isReferredTo: true });
  const categoryIds: IdTable = { ...categories.ids, addsMissing: true };
  const names = new Set<string>();
  const checkedCategories = eachRecord('categories', categories.records, log, trace, (record) =>
    checkCategory(record, log, names),
  );

  const context = referredRecords(checkedImages, checkedCategories);
  const checkReferences = (record: FieldRecord): FieldRecord => {
    const withImage = checkReference(record, 'image_id', images.ids, log);
    return kind === 'captions' || kind === 'panoptic'
      ? withImage
      : checkReference(withImage, 'category_id', categoryIds, log);
  };
  const seenImages = new Set<unknown>();
  const checkContent: Record<typeof kind, (record: FieldRecord) => FieldRecord> = {
    instances: (record) => checkObject(record, context(record), log),
    keypoints: (record) => checkObject(record, context(record), log),
    captions: (record) => checkCaption(record, log),
    panoptic: (record) =>
      checkPanopticRecord(record, context(record).picture, categoryIds, seenImages, log),
  };
  const rawAnnotations = recordsOf('annotations');
  // A panoptic record is known by its picture and has no id of its own.
  const annotations =
    kind === 'panoptic'
      ? rawAnnotations
      : checkIds('annotations', rawAnnotations, log, { isReferredTo: false }).records;
  const checkedAnnotations = eachRecord('annotations', annotations, log, trace, (record) =>
    checkContent[kind](checkReferences(record)),
  );

  const addedCategories = unknownCategories(checkedAnnotations, categoryIds);
  return {
    ...sections,
    images: checkedImages,
    annotations: checkedAnnotations,
    ...(sections.categories === undefined && kind === 'captions'
      ? {}
      : { categories: [...checkedCategories, ...addedCategories] }),
  };
}

function eachRecord(
  section: string | null,
  records: readonly Numbered[],
  log: ProblemLog,
  trace: RecordTrace,
  check: (record: FieldRecord) => FieldRecord,
): FieldRecord[] {
  return records.map(({ index, record }) => {
    log.enter(section, index);
    const checked = check(record);
    noteChecked(trace, section, index, checked);
    return checked;
  });
}

/** What the checks of an object need of its image and category. */
function referredRecords(
  images: readonly FieldRecord[],
  categories: readonly FieldRecord[],
): (record: FieldRecord) => ObjectContext {
  const pictures = new Map<unknown, PictureSize>();
  for (const { id, width, height } of images) {
    const isSize = Number.isSafeInteger(width) && Number.isSafeInteger(height);
    if (isSize && (width as number) > 0 && (height as number) > 0) {
      pictures.set(id, { width: width as number, height: height as number });
    }
  }
  const keypointCounts = new Map<unknown, number>();
  for (const { id, keypoints } of categories) {
    if (Array.isArray(keypoints)) keypointCounts.set(id, keypoints.length);
  }
  return ({ image_id, category_id }) => ({
    picture: pictures.get(image_id),
    keypointCount: keypointCounts.get(category_id),
  });
}

function checkCaption(record: FieldRecord, log: ProblemLog): FieldRecord {
  const checked = textField(record, 'caption', log);
  if (typeof checked.caption === 'string' && checked.caption.trim() === '') {
    log.add('empty-caption', '.caption', { expected: 'a sentence', found: checked.caption });
  }
  return checked;
}

/** A category for each id that is referred to and not there, so that no annotation hangs in the air. */
function unknownCategories(annotations: readonly FieldRecord[], known: IdTable): FieldRecord[] {
  const records = annotations.flatMap((annotation) =>
    Array.isArray(annotation.segments_info)
      ? (annotation.segments_info as FieldRecord[])
      : [annotation],
  );
  const missing = new Set<number>();
  for (const record of records) {
    const id = record?.category_id;
    if (Number.isSafeInteger(id) && !known.has(id as number)) missing.add(id as number);
  }
  return [...missing].sort((a, b) => a - b).map((id) => ({ id, name: `category ${id}` }));
}

function checkResults(
  results: readonly unknown[],
  groundTruth: CocoDataset | undefined,
  log: ProblemLog,
  trace: RecordTrace,
): CocoResult[] {
  const images = groundTruth && idsAsTheyAre(groundTruth.images);
  const categories = groundTruth && idsAsTheyAre(groundTruth.categories);
  const context = referredRecords(groundTruth?.images ?? [], groundTruth?.categories ?? []);
  const checked = eachRecord(null, objectsOf(null, results, log), log, trace, (record) => {
    let result = checkReference(record, 'image_id', images ?? anyInteger, log);
    if (result.caption === undefined) {
      result = checkReference(result, 'category_id', categories ?? anyInteger, log);
      checkScore(result.score, log);
    }
    return checkResultGeometry(result, context(result), log);
  });
  return checked as unknown as CocoResult[];
}

/** Without a ground truth only the form of an id can be checked. */
const anyInteger: IdTable = {
  has: () => true,
  resolve: (reference) => {
    const id =
      typeof reference === 'string' && reference.trim() !== '' ? Number(reference) : reference;
    return Number.isSafeInteger(id) ? (id as number) : undefined;
  },
};

function idsAsTheyAre(records: readonly { id: number }[]): IdTable {
  const ids = new Set(records.map(({ id }) => id));
  return {
    has: (id) => ids.has(id),
    resolve: (reference) => {
      const id = anyInteger.resolve(reference);
      return id !== undefined && ids.has(id) ? id : undefined;
    },
  };
}

function checkScore(score: unknown, log: ProblemLog): void {
  const expected = 'a number from 0 to 1';
  if (score === undefined) log.add('missing-field', '.score', { expected, found: score });
  else if (typeof score !== 'number' || !Number.isFinite(score))
    log.add('wrong-type', '.score', { expected, found: score });
  else if (score < 0 || score > 1)
    log.add('score-outside-range', '.score', { expected, found: score });
}

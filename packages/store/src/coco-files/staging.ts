// The first half of an import: records of a file go, batch by batch, into temporary tables of one connection. They are
// gone with it, so whatever ends an import early leaves nothing behind; and they are not logged, so they cost little.

import {
  type CocoDataset,
  type JsonBatch,
  phrase,
  rleArea,
  rleBbox,
  rleFromSegmentation,
  type Segmentation,
} from '@migaki/coco';
import { sql } from 'kysely';
import type { PoolClient } from 'pg';
import {
  type AnnotationContent,
  contentColumns,
  contentFromCoco,
  unreadableShapes,
} from '../annotations/annotation-record.ts';
import { type CopyValue, copyIn, copyLine } from '../database/copy-in.ts';
import { encodeJson } from '../database/json-codec.ts';
import type { Database } from '../database/store.ts';
import type { CategoryFields } from '../datasets/category-record.ts';
import { imageFromCoco } from '../images/image-record.ts';
import { StoreError } from '../store-error.ts';
import { LeftOut } from './left-out.ts';

/** What `streamJson` yields. */
export type CocoBatches = AsyncIterable<Batch> | Iterable<Batch>;
type Batch = Pick<JsonBatch, 'section' | 'kind' | 'firstIndex' | 'values'> & { bytesRead?: number };

/** A file whose records lie in the tables `staged_image` and `staged_annotation`. */
export interface StagedFile {
  categories: { fileId: number | null; fields: CategoryFields }[];
  /** Everything that is not records. */
  sections: Record<string, unknown>;
  /** The record sections that the file has, empty ones too. */
  recordSections: string[];
  imageCount: number;
  annotationCount: number;
  /** The file is one array of results: its ids are those of the dataset. */
  isResults: boolean;
  leftOut: LeftOut;
}

export interface StagingProgress {
  imageCount: number;
  annotationCount: number;
  bytesRead: number;
}

const RECORDS_PER_BATCH = 2048;

const imageTarget =
  'staged_image (position, file_id, file_name, width, height, captured_at, extra)';
const annotationTarget = `staged_annotation (position, file_id, file_image_id, section, ${contentColumns.join(', ')})`;

/** The batches of a dataset that is in memory already, as the readers of other formats give it. */
export function* batchesOf(dataset: CocoDataset): Generator<Batch> {
  for (const [section, value] of Object.entries(dataset)) {
    if (!Array.isArray(value)) {
      if (value !== undefined) yield { section, kind: 'value', firstIndex: 0, values: [value] };
      continue;
    }
    for (let start = 0; start === 0 || start < value.length; start += RECORDS_PER_BATCH) {
      const values = value.slice(start, start + RECORDS_PER_BATCH);
      yield { section, kind: 'elements', firstIndex: start, values };
    }
  }
}

/** @throws StoreError `bad-import` where a section of records is no array. */
export async function stageFile(
  { db, client }: { db: Database; client: PoolClient },
  batches: CocoBatches,
  onProgress: (progress: StagingProgress) => void,
): Promise<StagedFile> {
  await createStagingTables(db);
  const file: StagedFile = {
    categories: [],
    sections: {},
    recordSections: [],
    imageCount: 0,
    annotationCount: 0,
    isResults: false,
    leftOut: new LeftOut(),
  };
  for await (const batch of batches) {
    const section = batch.section ?? 'results';
    const stage = Object.hasOwn(recordSections, section) ? recordSections[section] : undefined;
    if (stage === undefined) {
      keepSection(file.sections, section, batch);
    } else if (batch.kind === 'value') {
      throw new StoreError('bad-import', {
        where: `$.${section}`,
        expected: phrase`an array of records`,
        found: batch.values[0] === null ? 'null' : typeof batch.values[0],
      });
    } else {
      if (!file.recordSections.includes(section)) file.recordSections.push(section);
      await stage(file, client, batch);
    }
    onProgress({
      imageCount: file.imageCount,
      annotationCount: file.annotationCount,
      bytesRead: batch.bytesRead ?? 0,
    });
  }
  await sql`analyze staged_image`.execute(db);
  await sql`analyze staged_annotation`.execute(db);
  return file;
}

async function createStagingTables(db: Database): Promise<void> {
  await sql`drop table if exists staged_image, staged_annotation`.execute(db);
  await sql`create temporary table staged_image (
    position int, file_id bigint, file_name text collate "C", width int, height int,
    captured_at timestamptz, extra jsonb)`.execute(db);
  await sql`create temporary table staged_annotation (
    position int, file_id bigint, file_image_id bigint, section text, category_id bigint,
    bbox_x float8, bbox_y float8, bbox_width float8, bbox_height float8, area float8,
    iscrowd smallint, segmentation json, keypoints float8[], num_keypoints int, caption text,
    attributes jsonb, extra jsonb, score float8)`.execute(db);
}

type Stage = (file: StagedFile, client: PoolClient, batch: Batch) => Promise<void>;

const recordSections: Record<string, Stage> = {
  images: async (file, client, { values, firstIndex }) => {
    let lines = '';
    for (const [index, value] of values.entries()) {
      const where = `images[${firstIndex + index}]`;
      const image = isRecord(value) ? imageFromCoco(value) : null;
      if (image === null) {
        file.leftOut.add('image-without-file-name', where);
        continue;
      }
      const id = idOf((value as { id?: unknown }).id);
      if (id === null) file.leftOut.add('image-without-id', where);
      if (holdsLargeInteger(image.extra)) file.leftOut.add('number-rounded', where);
      lines += copyLine([
        file.imageCount++,
        id,
        image.file_name,
        image.width,
        image.height,
        image.captured_at,
        encodeJson(image.extra),
      ]);
    }
    if (lines !== '') await copyIn(client, imageTarget, lines);
  },
  annotations: stageAnnotations,
  captions: stageAnnotations,
  results: async (file, client, batch) => {
    file.isResults = true;
    await stageAnnotations(file, client, { ...batch, section: 'annotations' });
  },
  categories: async (file, _client, { values, firstIndex }) => {
    for (const [index, value] of values.entries()) {
      if (!isRecord(value)) {
        file.leftOut.add('category-without-name', `categories[${firstIndex + index}]`);
        continue;
      }
      file.categories.push({ fileId: idOf(value.id), fields: value });
    }
  },
};

async function stageAnnotations(file: StagedFile, client: PoolClient, batch: Batch): Promise<void> {
  const section = batch.section as string;
  let lines = '';
  for (const [index, value] of batch.values.entries()) {
    const imageId = isRecord(value) ? idOf(value.image_id) : null;
    if (imageId === null) {
      const where = `${section}[${batch.firstIndex + index}]`;
      file.leftOut.add('annotation-without-image', where);
      continue;
    }
    const fields = value as Record<string, unknown>;
    const content = contentFromCoco(fields);
    if (file.isResults) completeResult(content);
    for (const field of unreadableShapes(content)) {
      const where = `${section}[${batch.firstIndex + index}].${field}`;
      file.leftOut.add('annotation-unreadable-shape', where);
    }
    if (holdsLargeInteger(content.extra)) {
      file.leftOut.add('number-rounded', `${section}[${batch.firstIndex + index}]`);
    }
    const values: CopyValue[] = [file.annotationCount++, idOf(fields.id), imageId, section];
    for (const column of contentColumns) {
      const of = content[column];
      const isJson = column === 'segmentation' || column === 'attributes' || column === 'extra';
      values.push(isJson ? (of === null ? null : encodeJson(of)) : (of as CopyValue));
    }
    lines += copyLine(values);
  }
  if (lines !== '') await copyIn(client, annotationTarget, lines);
}

/** Whether there is a number of which nobody can say any more whether it is the one that the file had. */
function holdsLargeInteger(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  return (
    typeof value === 'object' && value !== null && Object.values(value).some(holdsLargeInteger)
  );
}

/** What results need not say and labels do, as pycocotools adds it when it loads them: accepted, they are labels. */
function completeResult(content: AnnotationContent): void {
  const { segmentation } = content;
  // Results have masks as run lengths, which need no size of the picture.
  const mask =
    segmentation === null || Array.isArray(segmentation)
      ? null
      : rleFromSegmentation(segmentation as Segmentation, 0, 0);
  if (mask !== null && content.bbox_x === null) {
    [content.bbox_x, content.bbox_y, content.bbox_width, content.bbox_height] = rleBbox(mask);
  }
  if (content.bbox_x === null) return;
  content.iscrowd ??= 0;
  content.area ??= mask !== null ? rleArea(mask) : content.bbox_width! * content.bbox_height!;
}

function keepSection(sections: Record<string, unknown>, name: string, batch: Batch): void {
  const known = Object.hasOwn(sections, name) ? sections[name] : undefined;
  const value =
    batch.kind === 'value' ? batch.values[0] : [...((known as unknown[]) ?? []), ...batch.values];
  Object.defineProperty(sections, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Ids that PostgreSQL and JavaScript both count exactly; anything else is treated as absent. */
function idOf(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null;
}

// An annotation as COCO files hold it, and the columns that hold it here. A field whose value has the usual form gets
// its column; anything else goes to `extra` as it is, so that what was read is what will be written.

import { type CocoAnnotation, isSegmentation } from '@migaki/coco';
import { isPlainText } from '../database/json-codec.ts';

/** The contents of an annotation, without its identity: what two equal annotations have in common. */
export interface AnnotationContent {
  category_id: number | null;
  bbox_x: number | null;
  bbox_y: number | null;
  bbox_width: number | null;
  bbox_height: number | null;
  area: number | null;
  iscrowd: number | null;
  segmentation: unknown;
  keypoints: number[] | null;
  num_keypoints: number | null;
  caption: string | null;
  attributes: Record<string, unknown> | null;
  extra: Record<string, unknown> | null;
  score: number | null;
}

/** The columns of an annotation's content, in one order for all statements that name them. */
export const contentColumns = [
  'category_id',
  'bbox_x',
  'bbox_y',
  'bbox_width',
  'bbox_height',
  'area',
  'iscrowd',
  'segmentation',
  'keypoints',
  'num_keypoints',
  'caption',
  'attributes',
  'extra',
  'score',
] as const satisfies (keyof AnnotationContent)[];

/** A COCO annotation whose fields may be anything, as long as it is an object. */
export type AnnotationFields = { [Field in keyof CocoAnnotation]?: unknown };

/** Fields that are not content: they say which annotation it is, and of which image. */
const IDENTITY = new Set(['id', 'image_id']);

const INT32_MAX = 2 ** 31 - 1;
const isFiniteNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
const isFiniteNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every(isFiniteNumber);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Puts a field into its column and says true; says false where the value is not of the form that the column takes. */
type Take = (content: AnnotationContent, value: unknown) => boolean;

const takers: Record<string, Take> = {
  category_id: (content, value) => {
    if (!Number.isSafeInteger(value)) return false;
    content.category_id = value as number;
    return true;
  },
  bbox: (content, value) => {
    if (!isFiniteNumbers(value) || value.length !== 4) return false;
    [content.bbox_x, content.bbox_y, content.bbox_width, content.bbox_height] = value;
    return true;
  },
  area: (content, value) => {
    if (!isFiniteNumber(value)) return false;
    content.area = value;
    return true;
  },
  iscrowd: (content, value) => {
    if (value !== 0 && value !== 1) return false;
    content.iscrowd = value;
    return true;
  },
  segmentation: (content, value) => {
    if (!isSegmentation(value)) return false;
    content.segmentation = value;
    return true;
  },
  keypoints: (content, value) => {
    if (!isFiniteNumbers(value) || value.length % 3 !== 0) return false;
    content.keypoints = value;
    return true;
  },
  num_keypoints: (content, value) => {
    if (!Number.isInteger(value) || Math.abs(value as number) > INT32_MAX) return false;
    content.num_keypoints = value as number;
    return true;
  },
  caption: (content, value) => {
    if (typeof value !== 'string' || !isPlainText(value)) return false;
    content.caption = value;
    return true;
  },
  attributes: (content, value) => {
    if (!isObject(value)) return false;
    content.attributes = value;
    return true;
  },
  score: (content, value) => {
    if (!isFiniteNumber(value)) return false;
    content.score = value;
    return true;
  },
};

/**
 * The columns for a COCO annotation. `id` and `image_id` are left to the caller.
 *
 * @example
 * contentFromCoco({ bbox: [1, 2, 3, 4], iscrowd: true }); // bbox_x: 1, …, extra: { iscrowd: true }
 */
export function contentFromCoco(fields: AnnotationFields): AnnotationContent {
  const content: AnnotationContent = {
    category_id: null,
    bbox_x: null,
    bbox_y: null,
    bbox_width: null,
    bbox_height: null,
    area: null,
    iscrowd: null,
    segmentation: null,
    keypoints: null,
    num_keypoints: null,
    caption: null,
    attributes: null,
    extra: null,
    score: null,
  };
  let others: [string, unknown][] | undefined;
  for (const field of Object.keys(fields)) {
    if (IDENTITY.has(field)) continue;
    const value = fields[field];
    if (value === undefined) continue;
    const take = Object.hasOwn(takers, field) ? takers[field] : undefined;
    if (take?.(content, value)) continue;
    others ??= [];
    others.push([field, value]);
  }
  if (others !== undefined) content.extra = Object.fromEntries(others);
  return content;
}

/** The COCO annotation that the columns hold. Fields that were absent are absent again. */
export function cocoFromContent(
  ids: { annotation_id: number; image_id: number },
  content: AnnotationContent,
): CocoAnnotation {
  const annotation: AnnotationFields = { id: ids.annotation_id, image_id: ids.image_id };
  if (content.category_id !== null) annotation.category_id = content.category_id;
  if (content.segmentation !== null) annotation.segmentation = content.segmentation;
  if (content.area !== null) annotation.area = content.area;
  if (content.bbox_x !== null) {
    annotation.bbox = [content.bbox_x, content.bbox_y, content.bbox_width, content.bbox_height];
  }
  if (content.iscrowd !== null) annotation.iscrowd = content.iscrowd;
  if (content.keypoints !== null) annotation.keypoints = content.keypoints;
  if (content.num_keypoints !== null) annotation.num_keypoints = content.num_keypoints;
  if (content.caption !== null) annotation.caption = content.caption;
  if (content.score !== null) annotation.score = content.score;
  if (content.attributes !== null) annotation.attributes = content.attributes;
  return (
    content.extra === null ? annotation : { ...annotation, ...content.extra }
  ) as CocoAnnotation;
}

/**
 * The same without fields that have a value of another form than COCO gives them: pages can neither draw nor measure those, and
 * only files have them, as they came.
 */
export function readableFromContent(
  ids: { annotation_id: number; image_id: number },
  content: AnnotationContent,
): CocoAnnotation {
  if (content.extra === null) return cocoFromContent(ids, content);
  const others = Object.entries(content.extra).filter(([field]) => !Object.hasOwn(takers, field));
  return cocoFromContent(ids, { ...content, extra: Object.fromEntries(others) });
}

/** Fields that say where an object lies. */
const shapeFields = ['bbox', 'segmentation', 'keypoints'] as const;

/** Those of an annotation that say something, and that nobody can draw. */
export function unreadableShapes({ extra }: AnnotationContent): string[] {
  if (extra === null) return [];
  const saysNothing = (value: unknown) =>
    value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  return shapeFields.filter((field) => Object.hasOwn(extra, field) && !saysNothing(extra[field]));
}

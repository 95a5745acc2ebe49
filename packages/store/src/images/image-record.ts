// An image as COCO files hold it, and the columns that hold it here; see `annotations/annotation-record.ts`.

import type { CocoImage } from '@migaki/coco';
import { isPlainText } from '../database/json-codec.ts';

export interface ImageContent {
  file_name: string;
  width: number | null;
  height: number | null;
  /** Read from `date_captured`, which stays in `extra` as it was written. ISO 8601. */
  captured_at: string | null;
  extra: Record<string, unknown>;
}

export type ImageFields = { [Field in keyof CocoImage]?: unknown };

const INT32_MAX = 2 ** 31 - 1;
const isExtent = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= INT32_MAX;

/** The columns for a COCO image, or null where it has no file name. `id` is left to the caller. */
export function imageFromCoco(fields: ImageFields): ImageContent | null {
  const { file_name: fileName } = fields;
  if (typeof fileName !== 'string' || fileName === '') return null;
  const content: ImageContent = {
    file_name: columnText(fileName),
    width: null,
    height: null,
    captured_at: null,
    extra: {},
  };
  const others: [string, unknown][] = [];
  if (content.file_name !== fileName) others.push(['file_name', fileName]);
  for (const field of Object.keys(fields)) {
    const value = fields[field];
    if (field === 'id' || field === 'file_name' || value === undefined) continue;
    if ((field === 'width' || field === 'height') && isExtent(value)) {
      content[field] = value;
      continue;
    }
    if (field === 'date_captured') content.captured_at = timeOf(value);
    others.push([field, value]);
  }
  if (others.length > 0) content.extra = Object.fromEntries(others);
  return content;
}

/** The COCO image that the columns hold. */
export function cocoFromImage(
  imageId: number,
  content: Pick<ImageContent, 'file_name' | 'width' | 'height' | 'extra'>,
): CocoImage {
  const image: ImageFields = { id: imageId, file_name: content.file_name };
  if (content.width !== null) image.width = content.width;
  if (content.height !== null) image.height = content.height;
  return { ...image, ...content.extra } as CocoImage;
}

/** A name for a text column: characters that PostgreSQL cannot store are shown as their JSON escapes. */
export function columnText(text: string): string {
  return isPlainText(text) ? text : JSON.stringify(text).slice(1, -1);
}

/** COCO writes `2013-11-14 17:02:52`, without a zone; others write ISO 8601. Null for what is neither. */
function timeOf(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d([ T]\d\d:\d\d|$)/.test(value)) return null;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(value);
  const time = new Date(value.length === 10 || hasZone ? value : `${value.replace(' ', 'T')}Z`);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

// `labelmap.txt`, which CVAT and Datumaro put beside a Pascal VOC set: the one place that lists its
// categories. A line is `name:r,g,b:parts:actions`; all but the name may be empty.

import type { CocoCategory } from '../../types.ts';
import type { CategoryTable } from '../category-table.ts';

const HEADER = '# label:color_rgb:parts:actions';

/** Adds the categories of the file to the table, with their colours as `#rrggbb`. */
export function readLabelMap(text: string, categories: CategoryTable): void {
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [name, rgb = ''] = line.split(':');
    // Not a category, but what the segmentation pictures show where there is none.
    if (name === 'background' && (rgb === '' || rgb === '0,0,0')) continue;
    const category = categories.named(name);
    const channels = rgb.split(',').map(Number);
    const isColour = channels.length === 3 && channels.every((value) => value >= 0 && value <= 255);
    if (rgb !== '' && isColour) category.color ??= hexOf(channels);
  }
}

/** The file's text, or undefined where a name would not come back from it. */
export function labelMapText(categories: readonly CocoCategory[]): string | undefined {
  const names = categories.map(({ name }) => name);
  if (!names.every(isWritableName)) return undefined;
  const lines = categories.map(({ name, color }) => `${name}:${rgbOf(color) ?? ''}::`);
  return [HEADER, ...lines, ''].join('\n');
}

/** Whether the file can state the colour. */
export function isWritableColour(color: unknown): boolean {
  return rgbOf(color) !== undefined;
}

function isWritableName(name: string): boolean {
  return name !== 'background' && name.trim() !== '' && !/^#|[:\r\n]/.test(name);
}

function rgbOf(color: unknown): string | undefined {
  if (typeof color !== 'string' || !/^#[0-9a-f]{6}$/.test(color)) return undefined;
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255].join(',');
}

function hexOf(channels: readonly number[]): string {
  return `#${channels.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

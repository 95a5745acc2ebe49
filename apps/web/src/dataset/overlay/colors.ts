// Colours of objects over pictures: those of the annotator. Lines and labels differ too: colour is never the only sign.

import { colorsOf } from '@migaki/annotator';
import type { Category } from '@migaki/api';

export type ColorOf = (object: {
  id?: number;
  categoryId: number | null;
  origin: string;
}) => string;

export function categoryColors(categories: readonly Category[]): ColorOf {
  const colorOf = colorsOf('category', categories);
  return (object) => colorOf({ id: 0, ...object });
}

const byOrigin = colorsOf('origin', []);

export const originColor: ColorOf = (object) => byOrigin({ id: 0, ...object });

/** @param color `#rrggbb` */
export function rgbOf(color: string): [r: number, g: number, b: number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

// Colours of objects. Lines and labels differ too: colour is never the only sign.

import type { Category } from '@migaki/api';

/** Apart from each other and from most pictures, in an order in which neighbours differ most. */
export const palette = [
  '#ff5c5c',
  '#3ecf6e',
  '#4d9dff',
  '#ffc53d',
  '#c77dff',
  '#22d3d3',
  '#ff8f3d',
  '#f472b6',
  '#a3e635',
  '#818cf8',
  '#e0b084',
  '#2dd4a7',
  '#f0abfc',
  '#fde047',
  '#7dd3fc',
  '#fb7185',
] as const;

export type ColorOf = (object: {
  id?: number;
  categoryId: number | null;
  origin: string;
}) => string;

/** Objects without category are white. In the order of ids, so that another order of categories changes no colour. */
export function categoryColors(categories: readonly Category[]): ColorOf {
  const colors = new Map(
    categories
      .toSorted((a, b) => a.id - b.id)
      .map(({ id, color }, index) => [id, color ?? palette[index % palette.length]]),
  );
  return ({ categoryId }) =>
    (categoryId === null ? undefined : colors.get(categoryId)) ?? '#ffffff';
}

/** `human`, `import`, or any model. */
export type OriginKind = 'human' | 'import' | 'model';

export const originKind = (origin: string): OriginKind =>
  origin === 'human' || origin === 'import' ? origin : 'model';

const originColorTable: Record<OriginKind, string> = {
  human: '#3ecf6e',
  import: '#4d9dff',
  model: '#ff8f3d',
};

export const originColor: ColorOf = ({ origin }) => originColorTable[originKind(origin)];

/** Black or white, whichever reads better on a colour (relative luminance of WCAG 2). */
export function textOn(color: string): '#000' | '#fff' {
  const [r, g, b] = rgbOf(color).map((byte) => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? '#000' : '#fff';
}

/** @param color `#rrggbb` */
export function rgbOf(color: string): [r: number, g: number, b: number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

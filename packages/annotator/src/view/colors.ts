// Colours of objects: by category, by object, or by who they are from. Shape and label differ too: colour is never the
// only sign.

import type { AnnotationObject } from '../document/annotation-object.ts';
import type { Category } from '../document/document.ts';

export const colorWays = ['category', 'instance', 'origin'] as const;
export type ColorBy = (typeof colorWays)[number];

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

const noCategory = '#ffffff';

/** `human`, `import`, or any model. */
export type OriginKind = 'human' | 'import' | 'model';

export const originKind = (origin: string): OriginKind =>
  origin === 'human' || origin === 'import' ? origin : 'model';

const originColors: Record<OriginKind, string> = {
  human: '#3ecf6e',
  import: '#4d9dff',
  model: '#ff8f3d',
};

/**
 * A function from objects to `#rrggbb`.
 *
 * @example const colorOf = colorsOf('category', document.categories);
 */
export function colorsOf(
  by: ColorBy,
  categories: readonly Pick<Category, 'id' | 'color'>[],
): (object: Pick<AnnotationObject, 'id' | 'categoryId' | 'origin'>) => string {
  // In the order of ids, so that another order of categories changes no colour.
  const ofCategory = new Map(
    categories
      .toSorted((a, b) => a.id - b.id)
      .map(({ id, color }, index) => [id, color ?? palette[index % palette.length]]),
  );
  const ways: Record<
    ColorBy,
    (object: Pick<AnnotationObject, 'id' | 'categoryId' | 'origin'>) => string
  > = {
    category: ({ categoryId }) => ofCategory.get(categoryId ?? Number.NaN) ?? noCategory,
    instance: ({ id }) => palette[Math.abs(id) % palette.length],
    origin: ({ origin }) => originColors[originKind(origin)],
  };
  return ways[by];
}

/** Black or white, whichever reads better on a colour (relative luminance of WCAG 2). @param color `#rrggbb` */
export function textOn(color: string): '#000' | '#fff' {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? '#000' : '#fff';
}

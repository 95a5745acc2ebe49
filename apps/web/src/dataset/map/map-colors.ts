// What the points of the map are coloured by, and what each colour stands for. Pure.

import type { Category, EmbeddingMap } from '@migaki/api';
import { categoryColors } from '../overlay/colors.ts';
import { statuses } from '../StatusIcon.tsx';

export const colorings = ['category', 'status', 'split'] as const;
export type Coloring = (typeof colorings)[number];

export interface LegendEntry {
  /** Null for what has none. */
  readonly value: string | null;
  /** `#rrggbb` */
  readonly color: string;
  readonly count: number;
}

export interface MapColors {
  /** The most frequent first, what has none last. */
  readonly legend: readonly LegendEntry[];
  /** Of each point, its entry of the legend. */
  readonly entries: Uint16Array;
}

/** Of what has no value; seen on light and on dark ground. */
const noneColor = '#868e96';
/** As the icons of the statuses. */
const statusColors: Readonly<Record<string, string>> = {
  new: noneColor,
  in_progress: '#339af0',
  review: '#ff922b',
  done: '#12b886',
};
/** Told apart with any colour vision (Okabe and Ito 2008). */
const otherColors = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'];

export function mapColors(
  map: EmbeddingMap,
  by: Coloring,
  categories: readonly Category[],
): MapColors {
  const nameOf = new Map(categories.map(({ id, name }) => [id, name]));
  const values: readonly (string | null)[] = {
    category: () => map.categoryIds.map((id) => (id === null ? null : (nameOf.get(id) ?? null))),
    status: () => map.statuses,
    split: () => map.splits,
  }[by]();
  const counts = new Map<string | null, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort(
    ([a, many], [b, more]) => Number(a === null) - Number(b === null) || more - many,
  );
  const names = sorted.flatMap(([value]) => value ?? []).sort();
  const colorOfCategory = categoryColors(categories);
  const idOf = new Map(categories.map(({ id, name }) => [name, id]));
  const colorOf: Record<Coloring, (value: string) => string> = {
    category: (value) => colorOfCategory({ categoryId: idOf.get(value) ?? null, origin: 'import' }),
    status: (value) => statusColors[value] ?? noneColor,
    split: (value) => otherColors[names.indexOf(value) % otherColors.length],
  };
  const entryOf = new Map(sorted.map(([value], entry) => [value, entry]));
  return {
    legend: sorted.map(([value, count]) => ({
      value,
      count,
      color: value === null ? noneColor : colorOf[by](value),
    })),
    entries: Uint16Array.from(values, (value) => entryOf.get(value)!),
  };
}

/** Words for a value: statuses have names in every language. */
export const isStatus = (value: string): value is (typeof statuses)[number] =>
  (statuses as readonly string[]).includes(value);

// The columns that a table of runs may have. Pure.

import type { Run } from '@migaki/api';

/** Beside these `metric:AP` and `setting:batch`: the same texts that the list is ordered by. */
export const fixedColumns = ['state', 'task', 'score', 'dataset', 'seconds', 'createdAt'] as const;
export type FixedColumn = (typeof fixedColumns)[number];
export type RunColumn = FixedColumn | `metric:${string}` | `setting:${string}`;

export const isFixed = (column: RunColumn): column is FixedColumn =>
  fixedColumns.some((each) => each === column);

/** @example partsOf('metric:AP50') // ['metric', 'AP50'] */
export function partsOf(
  column: `${'metric' | 'setting'}:${string}`,
): ['metric' | 'setting', string] {
  const colon = column.indexOf(':');
  return [column.slice(0, colon) as 'metric', column.slice(colon + 1)];
}

/** What a setting is: asked for, else settled by the workbench. */
export const settingOf = ({ settings, settled }: Run, name: string): unknown =>
  settings[name] ?? settled[name];

/** The order that a click on a column's head asks for: the greatest first where that is what one looks for. */
export function nextSort(column: RunColumn | 'name', sort: string): string {
  const [up, down] = [column, `-${column}`];
  const isGreatestFirst = /^(createdAt$|seconds$|score$|metric:)/.test(column);
  const [first, second] = isGreatestFirst ? [down, up] : [up, down];
  return sort === first ? second : first;
}

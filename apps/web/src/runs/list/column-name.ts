import type { TFunction } from 'i18next';
import { isFixed, partsOf, type RunColumn } from '../run-columns.ts';
import type { useRunWords } from '../use-run-words.ts';

/** What stands at the head of a column. */
export function columnName(
  column: RunColumn,
  t: TFunction,
  words: Pick<ReturnType<typeof useRunWords>, 'metric' | 'setting'>,
): string {
  if (isFixed(column)) return t(`runs.columns.${column}`);
  const [kind, name] = partsOf(column);
  return kind === 'metric' ? words.metric(name) : words.setting(name);
}

/** Whether a column holds numbers, which are read at their right. */
export const isNumeric = (column: RunColumn | 'name'): boolean =>
  /^(seconds$|score$|metric:)/.test(column);

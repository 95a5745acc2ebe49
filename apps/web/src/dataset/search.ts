// What the address of each view of a dataset holds. Whatever else stands there is left out, never an error.

import { sortOrders } from '@migaki/api';
import { type MistakeKind, mistakeKinds } from '@migaki/coco';
import type { SortOrder, View, WrongOrder } from '../server/queries.ts';

export interface QuerySearch {
  /** The query, as the query bar shows it. */
  q?: string;
}

export interface GridSearch extends QuerySearch {
  sort?: SortOrder;
  /** The image that is open over the grid. */
  image?: string;
}

export interface LookOverSearch extends QuerySearch {
  /** At once: where it was left, or `anew`. */
  begin?: '1' | 'anew';
}

export interface MistakesSearch extends QuerySearch {
  /** Nothing for all kinds. */
  kind?: MistakeKind;
}

export interface CategoriesSearch {
  /** Id of the one that is open, or `new`. */
  category?: string;
}

export interface VersionsSearch {
  /** Name of a version, number of a revision, or `now`. */
  from?: string;
  to?: string;
  /** The list of all changes; nothing for the comparison. */
  show?: 'changes';
}

type Raw = Record<string, unknown>;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Without the keys that have no value, so that the address stays short. */
const present = <T extends object>(search: T): T =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;

export const readQuerySearch = ({ q }: Raw): QuerySearch => present({ q: textOf(q) });

export function readGridSearch({ q, sort, image }: Raw): GridSearch {
  return present({
    q: textOf(q),
    sort: sortOrders.find((order) => order === sort && order !== 'name') ?? wrongOrderOf(sort),
    image: /^\d+$/.test(String(image)) ? String(image) : undefined,
  });
}

const beginnings = ['1', 'anew'] as const;

export const readLookOverSearch = ({ q, begin }: Raw): LookOverSearch =>
  present({ q: textOf(q), begin: beginnings.find((each) => each === String(begin)) });

export const readMistakesSearch = ({ q, kind }: Raw): MistakesSearch =>
  present({ q: textOf(q), kind: mistakeKinds.find((each) => each === kind) });

const wrongOrderOf = (sort: unknown): WrongOrder | undefined =>
  isWrongOrder(String(sort)) ? (sort as WrongOrder) : undefined;

export const isWrongOrder = (sort: string): sort is WrongOrder =>
  /^-?wrong\([1-9]\d{0,8}\)$/.test(sort);

export const readCategoriesSearch = ({ category }: Raw): CategoriesSearch =>
  present({ category: /^(\d+|new)$/.test(String(category)) ? String(category) : undefined });

export const readVersionsSearch = ({ from, to, show }: Raw): VersionsSearch =>
  present({
    from: textOf(from),
    to: textOf(to),
    show: show === 'changes' ? show : undefined,
  });

/** Whether an order follows of what a model sees in the pictures. */
export const isOfEmbeddings = (order: SortOrder): boolean =>
  /^-?(similar|duplicates|outlier)$/.test(order);

/** A view as its address writes it. */
export const withoutDefaults = ({ q, sort }: View): GridSearch => ({
  q: q === '' ? undefined : q,
  sort: sort === 'name' ? undefined : sort,
});

// Completions for the query bar: fields first, then the values that the dataset has.

import { quoteValue } from './query-text.ts';

export interface Suggestion {
  /** What stands in the list. */
  label: string;
  /** What the text becomes. */
  text: string;
  /** Where the cursor goes, characters from 0. */
  cursor: number;
}

/** Values by field. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

/** Fields with what follows them in the shortest useful query. */
const fieldStarts = [
  'category:',
  'count(',
  'count>',
  'status:',
  'tag:',
  'origin:',
  'state:',
  'reviewed:',
  'proposals>',
  'comments:',
  'comment:',
  'has:',
  'crowd:',
  'caption:',
  'reviewer:',
  'worktime>',
  'worker:',
  'worked:',
  'score<',
  'name:',
  'is:',
  'similar:',
  'duplicates>',
  'outlier>',
  'nearest>',
  'similarobject:',
  'objectoutlier>',
  'next<=',
  'width>',
  'height>',
  'area>',
  'boxwidth>',
  'boxheight>',
  'boxside>',
  'aspect>',
  'centerx>',
  'centery>',
  'captured>',
  'author:',
  'attribute.',
  'meta.',
];

const maxSuggestions = 12;

/**
 * @param cursor characters from 0; what is completed is the word before it
 * @example
 * suggest('width>5 cat', 11, {})[0].text; // 'width>5 category:'
 */
export function suggest(text: string, cursor: number, known: KnownValues): Suggestion[] {
  const before = text.slice(0, cursor);
  const after = text.slice(cursor);
  const start = before.search(/(?:[^\s"]|"[^"]*"?)*$/);
  const word = before.slice(start);
  const complete = (label: string, replacement: string): Suggestion => {
    const head = before.slice(0, start) + replacement;
    return { label, text: head + after, cursor: head.length };
  };
  const sign = word.startsWith('-') ? '-' : '';
  const bare = word.slice(sign.length);

  const call = /^count\(("?)([^")]*)$/.exec(bare);
  if (call !== null) {
    return matching(known.category ?? [], call[2]).map((name) =>
      complete(name, `${sign}count(${quoteValue(name)})>`),
    );
  }
  const term = /^(\w+):((?:[^,"]|"[^"]*")*,)?"?([^"]*)$/.exec(bare);
  if (term !== null) {
    const [, field, chosen = '', started] = term;
    return matching(known[field] ?? [], started).map((name) =>
      complete(name, `${sign}${field}:${chosen}${quoteValue(name)}`),
    );
  }
  return fieldStarts
    .filter((start) => start.startsWith(bare.toLowerCase()) && start !== bare)
    .slice(0, maxSuggestions)
    .map((start) => complete(start, sign + start));
}

/** Those that begin with what was typed before those that only contain it. */
function matching(values: readonly string[], started: string): string[] {
  const wanted = started.toLowerCase();
  const found = values.filter((value) => value.toLowerCase().includes(wanted) && value !== started);
  const begins = (value: string) => value.toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((value) => !begins(value))].slice(
    0,
    maxSuggestions,
  );
}

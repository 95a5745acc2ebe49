// Words for people with what fills their holes kept apart, so that a page can say them in another language. What stands in
// the code is the English; other languages are found by it, as gettext does it.

declare const isPhrase: unique symbol;

/** Words without holes: the English itself. */
export type FixedPhrase = string & { readonly [isPhrase]: true };

export interface FilledPhrase {
  /** The English, with `{0}`, `{1}`, … for the holes. */
  template: string;
  /** Numbers are counts: each language groups their digits in its way. What is no count comes as text. */
  values: (string | number | FilledPhrase)[];
}

/** What {@link phrase} makes, and nothing else: so no words can be forgotten when they are gathered for translation. */
export type Phrase = FixedPhrase | FilledPhrase;

/** A phrase, or data that reads the same in every language: a file name, a piece of JSON. */
export type Words = string | FilledPhrase;

/** @example phrase`at most ${50_000} pixels` // { template: 'at most {0} pixels', values: [50000] } */
export function phrase(parts: TemplateStringsArray): FixedPhrase;
export function phrase(parts: TemplateStringsArray, ...values: FilledPhrase['values']): Phrase;
export function phrase(parts: TemplateStringsArray, ...values: FilledPhrase['values']): Phrase {
  const template = parts.reduce((text, part, index) => `${text}{${index - 1}}${part}`);
  return values.length === 0 ? (template as FixedPhrase) : { template, values };
}

/** @example inEnglish(phrase`at most ${50_000} pixels`) // 'at most 50,000 pixels' */
export function inEnglish(words: Words): string {
  if (typeof words === 'string') return words;
  return fill(words.template, words.values, (value) =>
    typeof value === 'number' ? value.toLocaleString('en') : inEnglish(value),
  );
}

/** Puts values into the holes of a template, whatever its language. */
export function fill<Value>(
  template: string,
  values: readonly Value[],
  textOf: (value: Value) => string,
): string {
  return template.replace(/\{(\d+)\}/g, (hole, index: string) =>
    Number(index) < values.length ? textOf(values[Number(index)]) : hole,
  );
}

/** What is wrong, in the three parts in which every error is told. */
export interface Fault {
  /** A path, a byte, an id, as close as is known. */
  where?: Words;
  /** What would have been right. */
  expected: Phrase;
  /** What came instead. */
  found: Words;
  /** What the person can do about it. */
  advice?: Phrase;
}

/** @example inEnglish(faultPhrase({ expected: phrase`a list`, found: 'null' })) // 'expected a list, found null.' */
export function faultPhrase({ where, expected, found, advice }: Fault): Phrase {
  if (where === undefined) {
    return advice === undefined
      ? phrase`expected ${expected}, found ${found}.`
      : phrase`expected ${expected}, found ${found}. ${advice}`;
  }
  return advice === undefined
    ? phrase`${where}: expected ${expected}, found ${found}.`
    : phrase`${where}: expected ${expected}, found ${found}. ${advice}`;
}

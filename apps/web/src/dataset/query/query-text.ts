// Reads and edits the text of a query where the filters of the sidebar need it, and leaves the rest as it was typed.
// The server has the whole grammar; here a text is a row of parts, of which those of the form `field:value` are terms.
//
//   category:RBC,WBC  count(RBC)>10  -tag:night  score>=0.5  name:"day 2*"

export interface Term {
  field: string;
  /** What stands in brackets after the field: the `RBC` of `count(RBC)`. */
  argument: string | null;
  operator: ':' | '<' | '<=' | '>' | '>=';
  values: string[];
  isNegated: boolean;
}

type Part = { text: string; term: Term | null };

/** A text without spaces that mean a new part, split at those that do: outside brackets and quotation marks. */
function chunksOf(text: string): string[] {
  const chunks: string[] = [];
  let chunk = '';
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isQuoted) {
      if (character === '\\') {
        chunk += character + (text[++at] ?? '');
        continue;
      }
      if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (/\s/.test(character) && depth <= 0) {
      // `count > 5` is one part.
      const joins = /[<>=]$/.test(chunk) || /^\s*[<>=]/.test(text.slice(at));
      if (!joins && chunk !== '') {
        chunks.push(chunk);
        chunk = '';
      }
      continue;
    }
    chunk += character;
  }
  return chunk === '' ? chunks : [...chunks, chunk];
}

const value = String.raw`(?:"(?:[^"\\]|\\.)*"|[^\s"(),:<>=]+)`;
const termPattern = new RegExp(
  String.raw`^(-?)([\p{L}_][\p{L}\p{N}_.]*)(?:\((${value})\))?(<=|>=|<|>|=|:)(${value}(?:,${value})*)$`,
  'u',
);

const unquoted = (text: string): string =>
  text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;

function termOf(chunk: string): Term | null {
  const match = termPattern.exec(chunk);
  if (match === null) return null;
  const [, sign, field, argument, operator, values] = match;
  return {
    field: field.toLowerCase(),
    argument: argument === undefined ? null : unquoted(argument),
    operator: operator === '=' ? ':' : (operator as Term['operator']),
    values: [...values.matchAll(new RegExp(value, 'g'))].map(([text]) => unquoted(text)),
    isNegated: sign === '-',
  };
}

/** Alternatives with `or` bind weaker than what stands side by side, so that no part of them is a filter by itself. */
function partsOf(text: string): Part[] {
  const chunks = chunksOf(text);
  if (chunks.some((chunk) => chunk.toLowerCase() === 'or')) {
    return [{ text: `(${chunks.join(' ')})`, term: null }];
  }
  return chunks.map((chunk) => ({ text: chunk, term: termOf(chunk) }));
}

/** One group of alternatives alone needs no brackets. */
function textOf(parts: readonly Part[]): string {
  const text = parts.map((part) => part.text).join(' ');
  const inner = text.slice(1, -1);
  const isGroup = parts.length === 1 && text.startsWith('(') && text.endsWith(')');
  const hasAlternatives = chunksOf(inner).some((chunk) => chunk.toLowerCase() === 'or');
  return isGroup && hasAlternatives ? inner : text;
}

/** Quotes a value where it would end early otherwise, or would not be read as one. */
export function quoteValue(value: string): string {
  if (value !== '' && !/[\s"'(),\\:<>=]/.test(value) && !value.startsWith('-')) return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

export function printTerm({ field, argument, operator, values, isNegated }: Term): string {
  const brackets = argument === null ? '' : `(${quoteValue(argument)})`;
  return `${isNegated ? '-' : ''}${field}${brackets}${operator}${values.map(quoteValue).join(',')}`;
}

/** The terms that must all hold. */
export function termsOf(text: string): Term[] {
  return partsOf(text).flatMap(({ term }) => term ?? []);
}

export interface ChosenValues {
  included: string[];
  excluded: string[];
}

/** @example valuesOf('tag:night,dusk -tag:blurry', 'tag') // { included: ['night', 'dusk'], excluded: ['blurry'] } */
export function valuesOf(text: string, field: string): ChosenValues {
  const terms = termsOf(text).filter((term) => term.field === field && term.operator === ':');
  const valuesWhere = (isNegated: boolean) =>
    terms.filter((term) => term.isNegated === isNegated).flatMap(({ values }) => values);
  return { included: valuesWhere(false), excluded: valuesWhere(true) };
}

/**
 * Chooses one value of a field, or takes the choice back; what was chosen the other way round changes sides.
 * Several chosen values are alternatives.
 *
 * @example
 * toggleValue('width>5 tag:night', 'tag', 'dusk', 'include'); // 'width>5 tag:night,dusk'
 * toggleValue('tag:night', 'tag', 'night', 'exclude'); // '-tag:night'
 */
export function toggleValue(
  text: string,
  field: string,
  value: string,
  how: 'include' | 'exclude',
): string {
  const { included, excluded } = valuesOf(text, field);
  const flip = (values: string[], isWanted: boolean) =>
    values.includes(value) || !isWanted
      ? values.filter((each) => each !== value)
      : [...values, value];
  return setValues(text, field, {
    included: flip(included, how === 'include'),
    excluded: flip(excluded, how === 'exclude'),
  });
}

/** Writes the choices of a field at the place of the ones before, or at the end. */
export function setValues(
  text: string,
  field: string,
  { included, excluded }: ChosenValues,
): string {
  const base = { field, argument: null, operator: ':' as const };
  const terms: Term[] = [
    { ...base, values: included, isNegated: false },
    { ...base, values: excluded, isNegated: true },
  ];
  return replaceTerms(
    text,
    (term) => term.field === field && term.operator === ':' && term.argument === null,
    terms.filter(({ values }) => values.length > 0),
  );
}

/** Bounds of a number; null where there is none. */
export interface Range {
  from: number | null;
  to: number | null;
}

const isBoundOf = (field: string, argument: string | null) => (term: Term) =>
  term.field === field && term.argument === argument && !term.isNegated && isBound(term);

const isBound = ({ operator, values }: Term): boolean =>
  operator !== ':' || values.every((each) => /^[-+.\d]/.test(each));

/** @example rangeOf('count(RBC)>10 count(RBC)<=20', 'count', 'RBC') // { from: 10, to: 20 } */
export function rangeOf(text: string, field: string, argument: string | null = null): Range {
  const range: Range = { from: null, to: null };
  for (const { operator, values } of termsOf(text).filter(isBoundOf(field, argument))) {
    const [first] = values;
    if (operator === ':') {
      const [from, to = from] = first.split('..');
      return { from: Number(from), to: Number(to) };
    }
    if (operator.startsWith('>')) range.from = Number(first);
    else range.to = Number(first);
  }
  return range;
}

/**
 * @param options.isOpenEnded the upper bound itself is outside, as with the bars of a chart
 * @example setRange('score<0.5', 'score', { from: 0.2, to: 0.4 }) // 'score>=0.2 score<=0.4'
 */
export function setRange(
  text: string,
  field: string,
  { from, to }: Range,
  {
    argument = null,
    isOpenEnded = false,
  }: { argument?: string | null; isOpenEnded?: boolean } = {},
): string {
  const base = { field, argument, isNegated: false };
  const terms: Term[] = [];
  if (from !== null) terms.push({ ...base, operator: '>=', values: [String(from)] });
  if (to !== null) {
    terms.push({ ...base, operator: isOpenEnded ? '<' : '<=', values: [String(to)] });
  }
  return replaceTerms(text, isBoundOf(field, argument), terms);
}

/** The text without any term of a field. */
export function withoutField(text: string, field: string): string {
  return replaceTerms(text, (term) => term.field === field, []);
}

/** Adds a part unless it is there already. */
export function addPart(text: string, part: string): string {
  const parts = partsOf(text);
  return parts.some((each) => each.text === part)
    ? text
    : textOf([...parts, { text: part, term: null }]);
}

function replaceTerms(text: string, isReplaced: (term: Term) => boolean, terms: Term[]): string {
  const parts = partsOf(text);
  const isOld = ({ term }: Part) => term !== null && isReplaced(term);
  const at = parts.findIndex(isOld);
  const rest = parts.filter((part) => !isOld(part));
  rest.splice(
    at < 0 ? rest.length : at,
    0,
    ...terms.map((term) => ({ text: printTerm(term), term })),
  );
  return textOf(rest);
}

// The query language as a tree, and the one text that stands for each tree.
//
//   category:RBC count(RBC)>10 (status:review or tag:night) -name:*day2* object(category:WBC score<0.5)
//
// Terms side by side must all hold, `or` joins alternatives, `-` denies what follows. A term that speaks of objects
// (category, score, …) holds for an image when one of its objects fits; inside `object(…)` it must be the same object.

/** How a field is compared. `:` is equality, or a pattern where the value has a `*`. */
export const operators = [':', '<', '<=', '>', '>='] as const;
export type Operator = (typeof operators)[number];

export interface Term {
  kind: 'term';
  /** `status`, `meta.camera`, … */
  field: string;
  /** What stands in brackets after the field: the `RBC` of `count(RBC)`. */
  argument: string | null;
  operator: Operator;
  /** Alternatives, separated by commas; one for other operators than `:`. */
  values: string[];
  /** Where it stands in the text, in characters from 0. */
  position: number;
}

export type Query =
  | { kind: 'and' | 'or'; parts: Query[] }
  | { kind: 'not' | 'object'; part: Query }
  | Term;

/** Matches everything. */
export const everything: Query = { kind: 'and', parts: [] };

/** Whether a test holds for one of the terms. Stops at the first. */
export function mentions(query: Query, test: (term: Term) => boolean): boolean {
  if (query.kind === 'term') return test(query);
  if ('part' in query) return mentions(query.part, test);
  return query.parts.some((part) => mentions(part, test));
}

/**
 * The text of a query in its normal form: `parse(print(query))` is the same tree, but for positions.
 *
 * @example
 * print(parse(' status:review   OR (width > 5) ')); // 'status:review or width>5'
 */
export function print(query: Query): string {
  switch (query.kind) {
    case 'term': {
      const argument = query.argument === null ? '' : `(${printValue(query.argument)})`;
      return `${query.field}${argument}${query.operator}${query.values.map(printValue).join(',')}`;
    }
    case 'not':
      return `-${printWithin(query.part, 'not')}`;
    case 'object':
      return `object(${print(query.part)})`;
    case 'or':
      return query.parts.map((part) => printWithin(part, 'or')).join(' or ');
    case 'and':
      return query.parts.map((part) => printWithin(part, 'and')).join(' ');
  }
}

function printWithin(part: Query, outer: 'and' | 'or' | 'not'): string {
  const needsBrackets =
    part.kind === 'or' ||
    (part.kind === 'and' && (outer !== 'or' || part.parts.length === 0)) ||
    (part.kind === 'not' && outer === 'not');
  return needsBrackets ? `(${print(part)})` : print(part);
}

/** Quotes where the value would end early otherwise, or would not be read as one. */
function printValue(value: string): string {
  if (value !== '' && !/[\s"'(),\\:<>=]/.test(value) && !value.startsWith('-')) return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

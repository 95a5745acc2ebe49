// How the value of a term is compared with a column, whatever the column: as a number, a time, a word.

import { phrase } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import type { Term } from './ast.ts';
import { badQuery } from './parse.ts';

export type Condition = RawBuilder<boolean>;

export function anyOf(term: Term, condition: (value: string) => Condition): Condition {
  onlyEquality(term);
  return sql`(${sql.join(term.values.map(condition), sql` or `)})`;
}

export function onlyEquality(term: Term): void {
  if (term.operator === ':') return;
  throw badQuery(
    term.position + term.field.length,
    phrase`":" after ${term.field}, which has no order`,
    JSON.stringify(term.operator),
  );
}

export function choices<Choice extends string>(term: Term, known: readonly Choice[]): Choice[] {
  onlyEquality(term);
  return term.values.map((value) => {
    const choice = known.find((name) => name === value.toLowerCase().replace(/[ -]/g, '_'));
    if (choice !== undefined) return choice;
    throw badQuery(
      term.position,
      phrase`${term.field}:${known.join(`, ${term.field}:`)}`,
      JSON.stringify(value),
    );
  });
}

/** Compares numbers; `:` also takes ranges such as `10..20`, both ends included. */
export function number(column: RawBuilder<unknown>): (term: Term) => Condition {
  return (term) => {
    const alternatives = term.values.map((value) => {
      const range = term.operator === ':' ? /^(.+?)\.\.(.+)$/.exec(value) : null;
      if (range === null) return compared(column, term, numberOf(term, value));
      return sql<boolean>`${column} between ${numberOf(term, range[1])} and ${numberOf(term, range[2])}`;
    });
    return sql`(${sql.join(alternatives, sql` or `)})`;
  };
}

function numberOf(term: Term, value: string): RawBuilder<unknown> {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(value) || !Number.isFinite(Number(value))) {
    throw badQuery(term.position, phrase`a number after ${term.field}`, JSON.stringify(value));
  }
  const number = Number(value);
  // As a float it would turn every integer column into floats, which no index has.
  return Number.isSafeInteger(number) ? sql`${number}::bigint` : sql`${number}::float8`;
}

/** SQL: whether a number that is no field of its own compares as the term says. */
export function comparedTo(value: RawBuilder<unknown>, term: Term): Condition {
  return number(value)(term);
}

const sqlOperators = { ':': '=', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;

function compared(
  column: RawBuilder<unknown>,
  { operator }: Term,
  value: RawBuilder<unknown>,
): Condition {
  return sql`${column} ${sql.raw(sqlOperators[operator])} ${value}`;
}

/** A day stands for its 24 hours (UTC), so that `captured:2024-05-31` and `captured>2024-05-31` mean what they say. */
export function time(column: RawBuilder<unknown>): (term: Term) => Condition {
  return (term) => {
    const alternatives = term.values.map((value) => {
      const date = new Date(value);
      if (!/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d.*)?)?)?$/.test(value) || Number.isNaN(date.getTime())) {
        throw badQuery(
          term.position,
          phrase`a day such as 2024-05-31 after ${term.field}`,
          JSON.stringify(value),
        );
      }
      const start = sql`${date.toISOString()}::timestamptz`;
      const isTime = value.includes('T');
      const length = value.length === 4 ? '1 year' : value.length === 7 ? '1 month' : '1 day';
      const end = isTime ? start : sql`${start} + ${length}::interval`;
      const conditions: Record<Term['operator'], Condition> = {
        ':': isTime
          ? sql`${column} = ${start}`
          : sql`(${column} >= ${start} and ${column} < ${end})`,
        '<': sql`${column} < ${start}`,
        '<=': isTime ? sql`${column} <= ${start}` : sql`${column} < ${end}`,
        '>': isTime ? sql`${column} > ${start}` : sql`${column} >= ${end}`,
        '>=': sql`${column} >= ${start}`,
      };
      return conditions[term.operator];
    });
    return sql`(${sql.join(alternatives, sql` or `)})`;
  };
}

/** Texts of which nobody knows all: what is looked for may stand anywhere in them. */
export function words(column: RawBuilder<unknown>): (term: Term) => Condition {
  return (term) =>
    anyOf(term, (value) => {
      const pattern = likePattern(value);
      return sql`${column} ilike ${value.includes('*') ? pattern : `%${pattern}%`}`;
    });
}

const yes = ['yes', '1', 'true'] as const;
const no = ['no', '0', 'false'] as const;

export function yesOrNo(condition: Condition): (term: Term) => Condition {
  return (term) => {
    const wanted = choices(term, [...yes, ...no]).map((value) =>
      yes.some((word) => word === value),
    );
    return sql`${condition} = any(${wanted}::boolean[])`;
  };
}

export function text(column: RawBuilder<unknown>): (term: Term) => Condition {
  return (term) => anyOf(term, (value) => sql`${column} ilike ${likePattern(value)}`);
}

/** For values of which only the data knows what they are: compared as numbers where the query has one. */
export function textOrNumber(column: RawBuilder<unknown>): (term: Term) => Condition {
  const asNumber = sql`case when ${column} ~ '^[-+]?[0-9]+([.][0-9]*)?([eE][-+]?[0-9]{1,2})?$'
    then (${column})::float8 end`;
  return (term) => (term.operator === ':' ? text(column)(term) : number(asNumber)(term));
}

/** `*` stands for anything; whatever means something to LIKE stands for itself. */
export function likePattern(value: string): string {
  return value.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');
}

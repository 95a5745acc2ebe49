// Every field of the query language, and the SQL that it stands for. Statements that use it know the alias `image`,
// and for fields of objects the alias `a`, a row of `annotation`.

import { type RawBuilder, sql } from 'kysely';
import { annotationStates, imageStatuses } from '../database/tables.ts';
import type { Term } from './ast.ts';
import { boxAspect, boxCentre, boxSide } from './box-measures.ts';
import { badQuery } from './parse.ts';

export type Condition = RawBuilder<boolean>;

/** What a query needs to know of its dataset. */
export interface QueryScope {
  datasetId: number;
  categories: readonly { category_id: number; name: string }[];
}

export interface Field {
  /** `image`: holds of an image. `object`: holds of one object, and of an image that has such an object. */
  of: 'image' | 'object';
  /** For help and completion. */
  help: string;
  /** Whether `field(argument)` is meant, as in `count(RBC)`. */
  takesArgument?: 'always' | 'maybe';
  compile(term: Term, scope: QueryScope): Condition;
  /** For a field of objects: a quicker way to ask whether an image has such an object. */
  ofImage?(term: Term, scope: QueryScope): Condition;
}

const imageStates: Record<string, Condition> = {
  missing: sql`image.sha256 is null`,
  labelled: sql`image.object_count > 0`,
  unlabelled: sql`image.object_count = 0`,
  tagged: sql`image.tags <> '{}'`,
};

/** By name; `meta.…` and `attribute.…` stand for any key. */
export const fields: Readonly<Record<string, Field>> = {
  name: {
    of: 'image',
    help: 'file name, whole or after the last folder; * stands for anything',
    compile: (term) =>
      anyOf(term, (value) =>
        value.includes('*')
          ? sql`image.file_name ilike ${likePattern(value)}`
          : sql`(image.file_name = ${value} or image.file_name like ${`%/${likePattern(value)}`})`,
      ),
  },
  id: { of: 'image', help: 'id of the image', compile: number(sql`image.image_id`) },
  status: {
    of: 'image',
    help: imageStatuses.join(', '),
    compile: (term) => sql`image.status = any(${choices(term, imageStatuses)})`,
  },
  tag: {
    of: 'image',
    help: 'tag of the image',
    compile: (term) =>
      anyOf(term, (value) =>
        value.includes('*')
          ? sql`exists (select 1 from unnest(image.tags) as tag where tag ilike ${likePattern(value)})`
          : sql`image.tags @> array[${value}]::text[]`,
      ),
  },
  is: {
    of: 'image',
    help: Object.keys(imageStates).join(', '),
    compile: (term) =>
      sql`(${sql.join(
        choices(term, Object.keys(imageStates)).map((state) => imageStates[state]),
        sql` or `,
      )})`,
  },
  width: { of: 'image', help: 'pixels', compile: number(sql`image.width`) },
  height: { of: 'image', help: 'pixels', compile: number(sql`image.height`) },
  bytes: { of: 'image', help: 'size of the file', compile: number(sql`image.byte_size`) },
  captured: { of: 'image', help: 'day or time, 2024-05-31', compile: time(sql`image.captured_at`) },
  added: { of: 'image', help: 'day or time, 2024-05-31', compile: time(sql`image.added_at`) },
  split: { of: 'image', help: 'train, val, test', compile: text(sql`image.extra ->> 'split'`) },
  count: {
    of: 'image',
    help: 'number of objects, of a category as in count(RBC)',
    takesArgument: 'maybe',
    compile: (term, scope) =>
      term.argument === null
        ? number(sql`image.object_count`)(term)
        : categoryCount(term, term.argument, scope),
  },
  category: {
    of: 'object',
    help: 'name of a category; * stands for anything',
    compile: (term, scope) => sql`a.category_id = any(${categoryIds(term, scope)}::bigint[])`,
    ofImage: (term, scope) => sql`exists (
      select 1 from image_category c where c.dataset_id = image.dataset_id
        and c.image_id = image.image_id
        and c.category_id = any(${categoryIds(term, scope)}::bigint[]))`,
  },
  origin: {
    of: 'object',
    help: 'human, import, model, or one model by its name',
    compile: (term) => origin(term, sql`a.origin`),
    ofImage: (term) => sql`exists (
      select 1 from image_origin o where o.dataset_id = image.dataset_id
        and o.image_id = image.image_id and ${origin(term, sql`o.origin`)})`,
  },
  score: { of: 'object', help: "a model's confidence, 0 to 1", compile: number(sql`a.score`) },
  state: {
    of: 'object',
    help: annotationStates.join(', '),
    compile: (term) => sql`a.state = any(${choices(term, annotationStates)})`,
  },
  area: { of: 'object', help: 'square pixels', compile: number(sql`a.area`) },
  boxwidth: { of: 'object', help: 'pixels', compile: number(sql`a.bbox_width`) },
  boxheight: { of: 'object', help: 'pixels', compile: number(sql`a.bbox_height`) },
  boxside: {
    of: 'object',
    help: 'square root of width × height, pixels',
    compile: number(boxSide),
  },
  aspect: {
    of: 'object',
    help: 'width over height of the box',
    compile: number(boxAspect),
  },
  centerx: {
    of: 'object',
    help: 'centre of the box, 0 at the left to 1 at the right',
    compile: number(boxCentre.x),
  },
  centery: {
    of: 'object',
    help: 'centre of the box, 0 at the top to 1 at the bottom',
    compile: number(boxCentre.y),
  },
  author: { of: 'object', help: 'who drew it', compile: text(sql`a.author`) },
  caption: {
    of: 'object',
    help: 'the sentence; * stands for anything',
    compile: text(sql`a.caption`),
  },
  crowd: { of: 'object', help: '0 or 1', compile: number(sql`a.iscrowd`) },
  annotation: { of: 'object', help: 'id of the annotation', compile: number(sql`a.annotation_id`) },
};

/** Fields of the form `prefix.key`. */
export const keyedFields: Readonly<Record<string, (key: string) => Field>> = {
  meta: (key) => ({
    of: 'image',
    help: 'what the picture or its file says, as in meta.camera',
    compile: textOrNumber(sql`coalesce(image.metadata ->> ${key}, image.extra ->> ${key})`),
  }),
  attribute: (key) => ({
    of: 'object',
    help: 'attribute of an object, as in attribute.occluded',
    compile: textOrNumber(sql`a.attributes ->> ${key}`),
  }),
};

/** @throws StoreError `bad-query` for a field that is not there, naming those that are */
export function fieldOf(term: Term): Field {
  const [prefix, ...rest] = term.field.split('.');
  const key = rest.join('.');
  const field =
    key !== '' && Object.hasOwn(keyedFields, prefix)
      ? keyedFields[prefix](key)
      : Object.hasOwn(fields, term.field)
        ? fields[term.field]
        : undefined;
  if (field === undefined) {
    const names = [...Object.keys(fields), ...Object.keys(keyedFields).map((name) => `${name}.…`)];
    throw badQuery(
      term.position,
      `one of the filters ${names.join(', ')}`,
      JSON.stringify(term.field),
      'To look for a file name with such characters, put it in quotation marks.',
    );
  }
  if (term.argument !== null && field.takesArgument === undefined) {
    throw badQuery(
      term.position + term.field.length,
      `a comparison after ${term.field}`,
      `brackets; only count takes them`,
    );
  }
  return field;
}

function anyOf(term: Term, condition: (value: string) => Condition): Condition {
  onlyEquality(term);
  return sql`(${sql.join(term.values.map(condition), sql` or `)})`;
}

function onlyEquality(term: Term): void {
  if (term.operator === ':') return;
  throw badQuery(
    term.position + term.field.length,
    `":" after ${term.field}, which has no order`,
    JSON.stringify(term.operator),
  );
}

function choices<Choice extends string>(term: Term, known: readonly Choice[]): Choice[] {
  onlyEquality(term);
  return term.values.map((value) => {
    const choice = known.find((name) => name === value.toLowerCase().replace(/[ -]/g, '_'));
    if (choice !== undefined) return choice;
    throw badQuery(
      term.position,
      `${term.field}:${known.join(`, ${term.field}:`)}`,
      JSON.stringify(value),
    );
  });
}

/** Compares numbers; `:` also takes ranges such as `10..20`, both ends included. */
function number(column: RawBuilder<unknown>): (term: Term) => Condition {
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
    throw badQuery(term.position, `a number after ${term.field}`, JSON.stringify(value));
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
function time(column: RawBuilder<unknown>): (term: Term) => Condition {
  return (term) => {
    const alternatives = term.values.map((value) => {
      const date = new Date(value);
      if (!/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d.*)?)?)?$/.test(value) || Number.isNaN(date.getTime())) {
        throw badQuery(
          term.position,
          `a day such as 2024-05-31 after ${term.field}`,
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

function text(column: RawBuilder<unknown>): (term: Term) => Condition {
  return (term) => anyOf(term, (value) => sql`${column} ilike ${likePattern(value)}`);
}

/** For values of which only the data knows what they are: compared as numbers where the query has one. */
function textOrNumber(column: RawBuilder<unknown>): (term: Term) => Condition {
  const asNumber = sql`case when ${column} ~ '^[-+]?[0-9]+([.][0-9]*)?([eE][-+]?[0-9]{1,2})?$'
    then (${column})::float8 end`;
  return (term) => (term.operator === ':' ? text(column)(term) : number(asNumber)(term));
}

function origin(term: Term, column: RawBuilder<unknown>): Condition {
  return anyOf(term, (value) =>
    value === 'model'
      ? sql`${column} like 'model %'`
      : value === 'human' || value === 'import'
        ? sql`${column} = ${value}`
        : sql`${column} ilike ${`model ${likePattern(value)}`}`,
  );
}

function categoryIds(term: Term, { categories }: QueryScope, values = term.values): number[] {
  if (values === term.values) onlyEquality(term);
  return values.flatMap((value) => {
    const pattern = new RegExp(
      `^${value
        .split('*')
        .map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
        .join('.*')}$`,
      'isu',
    );
    const found = categories.filter(({ name }) => pattern.test(name));
    if (found.length > 0) return found.map(({ category_id }) => category_id);
    const names = categories.slice(0, 10).map(({ name }) => name);
    throw badQuery(
      term.position,
      names.length === 0
        ? 'a category, but the dataset has none'
        : `a category such as ${names.join(', ')}`,
      JSON.stringify(value),
    );
  });
}

function categoryCount(term: Term, argument: string, scope: QueryScope): Condition {
  const ids = categoryIds(term, scope, [argument]);
  const holds = number(sql`counted.objects`)(term);
  const counted = sql`(
    select sum(count) as objects from image_category c
    where c.dataset_id = image.dataset_id and c.image_id = image.image_id
      and c.category_id = any(${ids}::bigint[])
    having sum(count) > 0) as counted`;
  // Images without any have no row to be counted; whether they match is known beforehand.
  return zeroHolds(term)
    ? sql`not exists (select 1 from ${counted} where not ${holds})`
    : ids.length > 1
      ? sql`exists (select 1 from ${counted} where ${holds})`
      : sql`exists (
          select 1 from image_category counted
          where counted.dataset_id = image.dataset_id and counted.image_id = image.image_id
            and counted.category_id = ${ids[0]}::bigint and ${number(sql`counted.count`)(term)})`;
}

function zeroHolds({ operator, values }: Term): boolean {
  return values.some((value) => {
    const [low, high = low] = value.split('..').map(Number);
    if (operator === ':') return low <= 0 && high >= 0;
    if (operator === '<') return low > 0;
    if (operator === '>') return low < 0;
    return operator === '<=' ? low >= 0 : low <= 0;
  });
}

/** `*` stands for anything; whatever means something to LIKE stands for itself. */
function likePattern(value: string): string {
  return value.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');
}

// Every field of the query language, and the SQL that it stands for. Statements that use it know the alias `image`,
// and for fields of objects the alias `a`, a row of `annotation`.
// It is one piece because whoever looks for a field, or adds one, finds all of them in one table.

import { phrase } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import { hasShape, shapeNames } from '../annotations/shapes.ts';
import { controlStates, isControl } from '../controls/is-control.ts';
import { annotationStates, imageStatuses } from '../database/tables.ts';
import { mistakeOutcomes } from '../evaluations/evaluation-record.ts';
import { shapeCount, stateCount } from '../images/tally.ts';
import { isOpenThread } from '../review/comment.ts';
import type { Term } from './ast.ts';
import { boxAspect, boxCentre, boxSide } from './box-measures.ts';
import {
  anyOf,
  type Condition,
  choices,
  likePattern,
  number,
  onlyEquality,
  text,
  textOrNumber,
  time,
  words,
  yesOrNo,
} from './comparisons.ts';
import { badQuery } from './parse.ts';

/** What a query needs to know of its dataset. */
export interface QueryScope {
  datasetId: number;
  categories: readonly { category_id: number; name: string }[];
  /** Of each image that it names after `similar`, those that are the most alike, the most alike first. */
  similar: ReadonlyMap<string, readonly number[]>;
  /** The same of each object that it names after `similarobject`. */
  similarObjects: ReadonlyMap<string, readonly number[]>;
}

/** What is kept beside a dataset and changes without a revision. */
export type Beside = 'work' | 'embeddings' | 'evaluations' | 'next' | 'controls';

export interface Field {
  /** `image`: holds of an image. `object`: holds of one object, and of an image that has such an object. */
  of: 'image' | 'object';
  /** For help and completion. */
  help: string;
  /** Whether `field(argument)` is meant, as in `count(RBC)`. */
  takesArgument?: 'always' | 'maybe';
  compile(term: Term, scope: QueryScope): Condition;
  /**
   * For a field of objects: what it asks of an image, where that is not whether it has such an object, or there is a
   * quicker way to ask.
   */
  ofImage?(term: Term, scope: QueryScope): Condition;
  beside?: Beside;
}

const imageStates: Record<string, Condition> = {
  missing: sql`image.sha256 is null`,
  labelled: sql`image.object_count > 0`,
  unlabelled: sql`image.object_count = 0`,
  tagged: sql`image.tags <> '{}'`,
};

const commentStates: Record<string, Condition> = {
  open: hasComment(isOpenThread),
  resolved: hasComment(sql`c.resolved_at is not null`),
  any: hasComment(),
  none: sql`not ${hasComment()}`,
};

/** SQL: whether an image has a live comment `c` of which something holds. */
function hasComment(condition: RawBuilder<boolean> = sql`true`): Condition {
  return sql`exists (
    select 1 from comment c where c.dataset_id = image.dataset_id and c.image_id = image.image_id
      and c.retired is null and ${condition})`;
}

/** SQL: whether somebody has looked at a picture and at everything on it as it is. */
export const isReviewedImage: Condition = sql`(image.reviewed_revision is not null and not exists (
  select 1 from image_tally t where t.dataset_id = image.dataset_id
    and t.image_id = image.image_id and t.unreviewed_count > 0))`;

const judgedChoices = [
  'mistake',
  'matched',
  ...mistakeOutcomes.map((outcome) => outcome.replace(' ', '_')),
];

/** SQL: whether an evaluation has a judgement `j` on an image of which something holds. */
function hasJudgement(term: Term, condition: Condition): Condition {
  return sql`exists (
    select 1 from evaluation_judgement j join evaluation e on e.id = j.evaluation_id
    where e.id = ${evaluationIn(term)} and e.dataset_id = image.dataset_id
      and j.image_id = image.image_id and ${condition})`;
}

/** Which evaluation a filter asks of. @throws StoreError `bad-query` */
export function evaluationIn({ argument, position, field }: Term): number {
  const id = Number(argument);
  if (Number.isInteger(id) && id > 0 && id < 2 ** 31) return id;
  throw badQuery(
    position,
    phrase`the number of an evaluation in brackets after ${field}`,
    JSON.stringify(argument),
  );
}

/** Seconds of active work. */
const workTimeOf = {
  image: sql`(
    select coalesce(sum(w.millis), 0) / 1000.0 from work_time w
    where w.dataset_id = image.dataset_id and w.image_id = image.image_id)`,
  object: sql`(
    select coalesce(sum(w.millis), 0) / 1000.0 from work_time_object w
    where w.dataset_id = a.dataset_id and w.annotation_id = a.annotation_id)`,
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
  proposals: {
    of: 'image',
    help: 'number of proposals that nobody has decided on',
    compile: number(sql`coalesce((
      select ${stateCount('t', 'proposed')} from image_tally t
      where t.dataset_id = image.dataset_id and t.image_id = image.image_id), 0)`),
  },
  comments: {
    of: 'image',
    help: Object.keys(commentStates).join(', '),
    compile: (term) =>
      sql`(${sql.join(
        choices(term, Object.keys(commentStates)).map((state) => commentStates[state]),
        sql` or `,
      )})`,
  },
  comment: {
    of: 'image',
    help: 'words of a comment; with * all of it',
    compile: (term) => hasComment(words(sql`c.text`)(term)),
  },
  worked: {
    of: 'image',
    help: 'day or time when somebody worked on it, 2024-05-31',
    compile: (term) => hasWork(time(sql`w.at`)(term)),
    beside: 'work',
  },
  worker: {
    of: 'image',
    help: 'who worked on it',
    compile: (term) => hasWork(text(sql`w.author`)(term)),
    beside: 'work',
  },
  similar: {
    of: 'image',
    help: 'id of a picture: itself and the hundred that a model takes for the most alike',
    compile: (term, { similar }) =>
      sql`image.image_id = any(${term.values.flatMap((value) => similar.get(value) ?? [])}::bigint[])`,
    beside: 'embeddings',
  },
  nearest: {
    of: 'image',
    help: 'how alike the most similar other picture is, to 1',
    compile: (term) => hasEmbedding(number(sql`e.nearest`)(term)),
    beside: 'embeddings',
  },
  duplicates: {
    of: 'image',
    help: 'number of near-duplicates of the picture',
    compile: (term) => hasEmbedding(number(sql`e.duplicate_count`)(term)),
    beside: 'embeddings',
  },
  outlier: {
    of: 'image',
    help: 'how unlike all others the picture is, 0 to 2',
    compile: (term) => hasEmbedding(number(sql`e.outlier`)(term)),
    beside: 'embeddings',
  },
  next: {
    of: 'image',
    help: 'place among those that are worth labelling next, from 1 on, as in next<=50',
    compile: (term) => sql`exists (
      select 1 from next_to_label n where n.dataset_id = image.dataset_id
        and n.image_id = image.image_id and ${number(sql`n.position`)(term)})`,
    beside: 'next',
  },
  control: {
    of: 'image',
    help: 'comes without proposals, to measure what they save: open, done',
    compile: (term) => isControl(choices(term, controlStates)),
    beside: 'controls',
  },
  within: {
    of: 'image',
    help: 'corners of an area of the map, as in "0.1 0.2;0.4 0.2;0.3 0.5"',
    compile: (term) =>
      hasEmbedding(
        anyOf(term, (value) => sql`${polygonOf(term, value)}::polygon @> point(e.x, e.y)`),
      ),
    beside: 'embeddings',
  },
  judged: {
    of: 'image',
    help: `what became of its objects in an evaluation, as in judged(12):missed: ${judgedChoices.join(', ')}`,
    takesArgument: 'always',
    compile: (term) => {
      const chosen = choices(term, judgedChoices).map((choice) => choice.replace('_', ' '));
      const outcomes = chosen.flatMap((one) => (one === 'mistake' ? mistakeOutcomes : [one]));
      return hasJudgement(term, sql`j.outcome = any(${outcomes})`);
    },
    beside: 'evaluations',
  },
  confused: {
    of: 'image',
    help: 'what was taken for what in an evaluation, as in confused(12):RBC/WBC; - for nothing',
    takesArgument: 'always',
    compile: (term, scope) =>
      hasJudgement(
        term,
        anyOf(term, (value) => {
          const sides = value.split('/');
          if (sides.length !== 2) {
            throw badQuery(
              term.position,
              phrase`two categories with / between them`,
              JSON.stringify(value),
            );
          }
          const is = (side: string, column: Condition) =>
            side === '-'
              ? sql<boolean>`${column} is null`
              : sql<boolean>`${column} = any(${categoryIds(term, scope, [side])}::bigint[])`;
          return sql`(${is(sides[0], sql`j.true_category_id`)} and ${is(sides[1], sql`j.predicted_category_id`)})`;
        }),
      ),
    beside: 'evaluations',
  },
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
    help: 'words of the sentence; with * all of it',
    compile: words(sql`a.caption`),
  },
  crowd: { of: 'object', help: 'yes, no', compile: yesOrNo(sql`coalesce(a.iscrowd = 1, false)`) },
  has: {
    of: 'object',
    help: shapeNames.join(', '),
    compile: (term) =>
      sql`(${sql.join(
        choices(term, shapeNames).map((name) => hasShape('a', name)),
        sql` or `,
      )})`,
    ofImage: (term) => sql`exists (
      select 1 from image_tally t where t.dataset_id = image.dataset_id
        and t.image_id = image.image_id and (${sql.join(
          choices(term, shapeNames).map((name) => sql`${shapeCount('t', name)} > 0`),
          sql` or `,
        )}))`,
  },
  reviewed: {
    of: 'object',
    help: 'yes, no: whether somebody has looked at the picture, or the object, as it is',
    compile: yesOrNo(sql`a.reviewed_revision is not null`),
    ofImage: yesOrNo(isReviewedImage),
  },
  reviewer: {
    of: 'object',
    help: 'who has looked at it',
    compile: text(sql`a.reviewed_by`),
    ofImage: text(sql`image.reviewed_by`),
  },
  worktime: {
    of: 'object',
    help: 'seconds that people worked on the picture, or on the object',
    compile: number(workTimeOf.object),
    ofImage: number(workTimeOf.image),
    beside: 'work',
  },
  similarobject: {
    of: 'object',
    help: 'id of an annotation: itself and the hundred objects that a model takes for the most alike',
    compile: (term, { similarObjects }) =>
      sql`a.annotation_id = any(${term.values.flatMap((value) => similarObjects.get(value) ?? [])}::bigint[])`,
    beside: 'embeddings',
  },
  objectoutlier: {
    of: 'object',
    help: 'how unlike the other objects of its category it is, 0 to 2',
    compile: (term) => sql`exists (
      select 1 from object_embedding e where e.dataset_id = a.dataset_id
        and e.annotation_id = a.annotation_id and ${number(sql`e.outlier`)(term)})`,
    beside: 'embeddings',
  },
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
      phrase`one of the filters ${names.join(', ')}`,
      JSON.stringify(term.field),
      phrase`To look for a file name with such characters, put it in quotation marks.`,
    );
  }
  if (term.argument !== null && field.takesArgument === undefined) {
    throw badQuery(
      term.position + term.field.length,
      phrase`a comparison after ${term.field}`,
      phrase`brackets, which ${term.field} does not take`,
    );
  }
  return field;
}

/** SQL: whether somebody worked on an image in a stretch `w` of which something holds. */
function hasWork(condition: Condition): Condition {
  return sql`exists (
    select 1 from work_time w where w.dataset_id = image.dataset_id
      and w.image_id = image.image_id and ${condition})`;
}

/** SQL: whether an image has an embedding `e` of which something holds. */
function hasEmbedding(condition: Condition): Condition {
  return sql`exists (
    select 1 from image_embedding e where e.dataset_id = image.dataset_id
      and e.image_id = image.image_id and ${condition})`;
}

/** From `0.1 0.2;0.4 0.2;0.3 0.5` to what PostgreSQL reads. */
function polygonOf(term: Term, value: string): string {
  const corners = value.split(';').map((corner) => corner.trim().split(/\s+/).map(Number));
  const isCorner = (corner: number[]) => corner.length === 2 && corner.every(Number.isFinite);
  if (corners.length >= 3 && corners.every(isCorner)) {
    return `(${corners.map(([x, y]) => `(${x},${y})`).join(',')})`;
  }
  throw badQuery(
    term.position,
    phrase`three or more corners such as "0.1 0.2;0.4 0.2;0.3 0.5"`,
    JSON.stringify(value),
  );
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
        ? phrase`a category, but the dataset has none`
        : phrase`a category such as ${names.join(', ')}`,
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

// Ids join the sections of a COCO file. Other tools compare them as integers, so texts become numbers,
// and what cannot be told apart gets a fresh id: the same one wherever the old one is referred to.

import { type FieldRecord, type Numbered, numberInText, withFields } from './fields.ts';
import { type ProblemLog, type RecordLog, shown } from './problem.ts';

/** The ids of one section after repair. */
export interface IdTable {
  /** The repaired id that a reference means, or undefined where no record has it. */
  resolve(reference: unknown): number | undefined;
  has(id: number): boolean;
  /** True where a record is added for an integer that is referred to and not there. */
  addsMissing?: boolean;
}

export interface IdCheck {
  records: Numbered[];
  ids: IdTable;
}

/** Fresh ids start above this section's largest, so that they collide with none. */
function largestId(records: readonly Numbered[]): number {
  let largest = 0;
  for (const { record } of records) {
    const id = integerOf(record.id);
    if (id !== undefined && id > largest) largest = id;
  }
  return largest;
}

/** The integer an id plainly means: 12 and "12", but neither 1.5 nor "a". */
function integerOf(id: unknown): number | undefined {
  const number = typeof id === 'number' ? id : numberInText(id);
  return Number.isSafeInteger(number) ? number : undefined;
}

/**
 * Checks the `id` of every record of a section. A second record with the same id gets a fresh one where nothing
 * refers to it (annotations); of two equal records the second is left out; what refers to one of two
 * different images with one id can only be told by a person.
 */
export function checkIds(
  section: string,
  records: readonly Numbered[],
  log: ProblemLog,
  { isReferredTo }: { isReferredTo: boolean },
): IdCheck {
  let freshId = largestId(records);
  const firstWithId = new LargeMap<Numbered>();
  /** Repaired ids of those that were no integers, by their JSON text. */
  const renamed = new Map<string, number>();
  const kept: Numbered[] = [];

  for (const numbered of records) {
    const { index, record } = numbered;
    log.enter(section, index);
    const raw = record.id;
    const id = integerOf(raw);
    let repaired = record;

    if (id === undefined) {
      const fresh = ++freshId;
      const code = raw === undefined ? 'missing-field' : 'id-not-an-integer';
      log.add(code, '.id', { expected: 'an integer', found: raw, repair: `now ${fresh}` });
      const key = JSON.stringify(raw);
      if (raw !== undefined && !renamed.has(key)) renamed.set(key, fresh);
      repaired = withFields(record, { id: fresh });
    } else if (id < 1 && !isReferredTo) {
      const fresh = ++freshId;
      log.add('id-not-positive', '.id', {
        expected: 'an id from 1 on',
        found: raw,
        repair: `now ${fresh}`,
      });
      repaired = withFields(record, { id: fresh });
    } else {
      if (typeof raw !== 'number') {
        log.add('id-not-an-integer', '.id', {
          expected: 'an integer',
          found: raw,
          repair: `now ${id}`,
        });
        repaired = withFields(record, { id });
      }
      const first = firstWithId.get(id);
      if (first !== undefined) {
        const expected = `an id of its own ($.${section}[${first.index}] has ${id})`;
        if (JSON.stringify(first.record) === JSON.stringify(record)) {
          log.add('duplicate-record', '', { expected, found: record, repair: 'left out' });
          continue;
        }
        const fresh = isReferredTo ? undefined : ++freshId;
        log.add('duplicate-id', '.id', {
          expected,
          found: raw,
          repair: fresh === undefined ? null : `now ${fresh}`,
        });
        if (fresh !== undefined) repaired = withFields(record, { id: fresh });
      } else {
        firstWithId.set(id, numbered);
      }
    }
    kept.push(repaired === record ? numbered : { index, record: repaired });
  }

  const ids = new LargeMap<true>();
  if (isReferredTo) for (const { record } of kept) ids.set(record.id as number, true);
  return {
    records: kept,
    ids: {
      has: (id) => ids.has(id),
      resolve(reference) {
        const id = integerOf(reference) ?? renamed.get(JSON.stringify(reference));
        return id !== undefined && ids.has(id) ? id : undefined;
      },
    },
  };
}

/** A map by integers. The engine's own ends at 16.7 million entries, of which large files have more. */
class LargeMap<Value> {
  readonly #parts = Array.from({ length: 64 }, () => new Map<number, Value>());

  #partOf(id: number): Map<number, Value> {
    return this.#parts[Math.abs(id % this.#parts.length)];
  }

  get(id: number): Value | undefined {
    return this.#partOf(id).get(id);
  }

  has(id: number): boolean {
    return this.#partOf(id).has(id);
  }

  set(id: number, value: Value): void {
    this.#partOf(id).set(id, value);
  }
}

/** Checks a reference such as `image_id` and returns the record with the id that it means. */
export function checkReference(
  record: FieldRecord,
  field: 'image_id' | 'category_id',
  ids: IdTable,
  log: RecordLog,
): FieldRecord {
  const raw = record[field];
  const section = field === 'image_id' ? 'images' : 'categories';
  const meant = numberInText(raw);
  // Where a missing record is added, a text names it as well as a number does.
  if (ids.addsMissing === true && Number.isSafeInteger(meant) && ids.resolve(raw) === undefined) {
    log.add('id-not-an-integer', `.${field}`, {
      expected: 'an integer',
      found: raw,
      repair: `now ${meant}`,
    });
    return checkReference(withFields(record, { [field]: meant }), field, ids, log);
  }
  if (raw === undefined) {
    log.add('missing-field', `.${field}`, { expected: `an id of ${section}`, found: raw });
    return record;
  }
  const id = ids.resolve(raw);
  if (id === undefined) {
    const code = field === 'image_id' ? 'unknown-image' : 'unknown-category';
    const isAdded = ids.addsMissing === true && Number.isSafeInteger(raw);
    log.add(code, `.${field}`, {
      expected: `an id of ${section}`,
      found: raw,
      repair: isAdded ? `the category ${shown(raw)} was added` : null,
    });
    return record;
  }
  if (id === raw) return record;
  log.add('id-not-an-integer', `.${field}`, {
    expected: 'an integer',
    found: raw,
    repair: `now ${id}`,
  });
  return withFields(record, { [field]: id });
}

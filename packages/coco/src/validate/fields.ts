// Fields of one record: what has the wrong type but a plain meaning ("640" for 640) is set right.

import type { ProblemLog, RecordLog } from './problem.ts';

export type FieldRecord = { [field: string]: unknown };

/** The record with `changes` in place of its own fields; the original stays as it was. */
export function withFields<T extends FieldRecord>(record: T, changes: FieldRecord): T {
  return { ...record, ...changes };
}

/** The number that a text plainly means: `" 12.5 "` is 12.5, `"12px"` is nothing. */
export function numberInText(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Checks that every entry of a section is an object. What is none cannot be kept, and is said so. */
export function objectsOf(
  section: string | null,
  entries: readonly unknown[],
  log: ProblemLog,
): Numbered[] {
  const records: Numbered[] = [];
  entries.forEach((entry, index) => {
    if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) {
      records.push({ index, record: entry as FieldRecord });
      return;
    }
    log.enter(section, index);
    log.add('not-an-object', '', { expected: 'a JSON object', found: entry, repair: 'left out' });
  });
  return records;
}

/** A record with its index in the file, which stays the same when others are left out. */
export interface Numbered {
  index: number;
  record: FieldRecord;
}

/** Checks that a field holds a text; a number becomes its digits. */
export function textField(record: FieldRecord, field: string, log: RecordLog): FieldRecord {
  const value = record[field];
  if (typeof value === 'string') return record;
  if (value === undefined || value === null) {
    log.add('missing-field', `.${field}`, { expected: 'a text', found: value });
    return record;
  }
  const isNumber = typeof value === 'number';
  log.add('wrong-type', `.${field}`, {
    expected: 'a text',
    found: value,
    repair: isNumber ? `now "${value}"` : null,
  });
  return isNumber ? withFields(record, { [field]: String(value) }) : record;
}

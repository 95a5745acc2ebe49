// What became of the numbers that JSON cannot say (NaN, Infinity). The reader reports them before any record is
// checked; whether a check then repaired them can only be told from the repaired record.

import type { OddityAtPath } from '../file/read-coco.ts';
import { pathStep } from '../json/json-place.ts';
import type { FieldRecord } from './fields.ts';

/**
 * The records that held such a number, by their path in the file as it came (`$.annotations[12]`), each as it is
 * after the checks; undefined until it is checked, and so for good where it was left out.
 */
export type RecordTrace = Map<string, FieldRecord | undefined>;

/** A record's path and the rest below it; what stands in no record (`$.info.weight`) does not match. */
const recordAndRest = /^(\$(?:\.(?:images|annotations|categories))?\[\d+\])(.*)$/s;

export function traceRecords(oddities: readonly OddityAtPath[]): RecordTrace {
  const trace: RecordTrace = new Map();
  for (const { kind, path } of oddities) {
    const recordPath = kind === 'not-a-number' ? recordAndRest.exec(path)?.[1] : undefined;
    if (recordPath !== undefined) trace.set(recordPath, undefined);
  }
  return trace;
}

/** @param section null in a results file */
export function noteChecked(
  trace: RecordTrace,
  section: string | null,
  index: number,
  checked: FieldRecord,
): void {
  if (trace.size === 0) return;
  const path = `$${section === null ? '' : pathStep(section)}[${index}]`;
  if (trace.has(path)) trace.set(path, checked);
}

/**
 * How the number at `path` was repaired, or null where its field still holds one. Told by field, since the
 * places below it shift where a polygon was left out.
 */
export function repairOfNumber(path: string, trace: RecordTrace): string | null {
  const [, recordPath, rest] = recordAndRest.exec(path) ?? [];
  if (recordPath === undefined) return null;
  const record = trace.get(recordPath);
  if (record === undefined) return 'left out with its record';
  const isLeft = Object.entries(record).some(
    ([field, value]) => isAtOrBelow(rest, pathStep(field)) && holdsNoNumber(value),
  );
  return isLeft ? null : 'gone with the repair of its field';
}

function isAtOrBelow(path: string, step: string): boolean {
  return path.startsWith(step) && /^(?:$|[.[])/.test(path.slice(step.length));
}

function holdsNoNumber(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsNoNumber);
}

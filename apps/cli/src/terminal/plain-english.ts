import { type FilledPhrase, inEnglish } from '@migaki/coco';

/** A value with every phrase in it as plain text: what `--json` prints is for programs, which have no use for holes. */
export function plainEnglish<Value>(value: Value): Value {
  return plain(value) as Value;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (isPhrase(value)) return inEnglish(value);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

const isPhrase = (value: object): value is FilledPhrase =>
  'template' in value && 'values' in value && Array.isArray(value.values);

// What a call says and no schema knows: a misspelt filter that is passed over gives everything, and looks like an answer.

import { z } from 'zod';

export interface UnknownField {
  /** Of the object that has it. */
  path: string[];
  name: string;
  /** The fields that there are in its place. */
  known: string[];
}

/**
 * The first field of what was given that is not in what the schema made of it.
 *
 * @example
 * unknownField(z.object({ q: z.string() }), { q: '', fitler: '' }, { q: '' }) // { path: [], name: 'fitler', known: ['q'] }
 */
export function unknownField(
  schema: z.ZodType,
  given: unknown,
  read: unknown,
): UnknownField | null {
  const found = lostKey(given, read, []);
  if (found === null) return null;
  const name = found.at(-1)!;
  const path = found.slice(0, -1);
  return { path, name, known: fieldsAt(schema, given, path) };
}

/** Schemas leave out what they do not know, so it is what is missing in what they made. */
function lostKey(given: unknown, read: unknown, path: readonly string[]): string[] | null {
  if (given === read || !isObject(given) || !isObject(read)) return null;
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(read, key)) return Array.isArray(read) ? null : [...path, key];
    const lost = lostKey(value, read[key], [...path, key]);
    if (lost !== null) return lost;
  }
  return null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function fieldsAt(schema: z.ZodType, value: unknown, path: readonly string[]): string[] {
  if (schema instanceof z.ZodUnion) {
    const taken = (schema.options as z.ZodType[]).find((each) => each.safeParse(value).success);
    return taken === undefined ? [] : fieldsAt(taken, value, path);
  }
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault
  ) {
    return fieldsAt(schema.unwrap() as z.ZodType, value, path);
  }
  if (schema instanceof z.ZodPipe) return fieldsAt(schema.in as z.ZodType, value, path);
  if (path.length === 0) return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const [key, ...rest] = path;
  const inner = innerSchema(schema, key);
  return inner === null ? [] : fieldsAt(inner, (value as Record<string, unknown>)[key], rest);
}

function innerSchema(schema: z.ZodType, key: string): z.ZodType | null {
  if (schema instanceof z.ZodObject) return (schema.shape[key] as z.ZodType | undefined) ?? null;
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  return null;
}

// CVAT declares for each attribute of a label how it is put in; that tells what its text stands for.

import { decimalText, numberFromText } from '../numbers.ts';
import { isCarriedText } from '../xml/element.ts';

/** `select` and `radio` are text from a list of choices. */
export type AttributeKind = 'checkbox' | 'number' | 'text';

/** Attribute name → kind, for one label. What is not listed is text. */
export type AttributeKinds = ReadonlyMap<string, AttributeKind>;

/** Text that does not fit its kind stays text. */
export function valueFromText(text: string, kind: AttributeKind): boolean | number | string {
  if (kind === 'checkbox' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (kind === 'number') return numberFromText(text) ?? text;
  return text;
}

/** The text that `valueFromText` gives back as the same value, undefined where there is none. */
export function textFromValue(value: unknown, kind: AttributeKind): string | undefined {
  const text = typeof value === 'number' ? decimalText(value) : String(value);
  return isCarriedText(text) && valueFromText(text, kind) === value ? text : undefined;
}

/** The kind for values of these types (as `typeof` names them); text where they differ. */
export function kindOfTypes(types: ReadonlySet<string>): AttributeKind {
  if (types.size !== 1) return 'text';
  return types.has('boolean') ? 'checkbox' : types.has('number') ? 'number' : 'text';
}

// Values of attributes as text without a type, as the `<attributes>` of VOC files hold them.

import { decimalText, numberFromText } from '../numbers.ts';
import { isCarriedText } from '../xml/element.ts';

/** `true`, `false` and numbers in their plain spelling are what they look like; all else is text. */
export function attributeFromText(text: string): boolean | number | string {
  if (text === 'true' || text === 'True') return true;
  if (text === 'false' || text === 'False') return false;
  const number = numberFromText(text);
  // `007` and `1.50` are no numbers that this package writes, so their spelling may matter.
  return number !== undefined && decimalText(number) === text ? number : text;
}

/** The text that `attributeFromText` gives back as the same value, undefined where there is none. */
export function textOfAttribute(value: unknown): string | undefined {
  const text = typeof value === 'number' ? decimalText(value) : String(value);
  return isCarriedText(text) && Object.is(attributeFromText(text), value) ? text : undefined;
}

// Which characters XML 1.0 lets into a document and into names (sections 2.2 and 2.3).

/** The first character that no XML document may hold, not even as a reference. */
// `[^\P{Cc}…]` reads: control characters but for tab, line feed, carriage return and U+007F to U+009F.
const FORBIDDEN = /[^\P{Cc}\t\n\r\u007f-\u009f]|[\p{Cs}\ufffe\uffff]/u;

const NAME_START =
  ':A-Z_a-z\\u{c0}-\\u{d6}\\u{d8}-\\u{f6}\\u{f8}-\\u{2ff}\\u{370}-\\u{37d}\\u{37f}-\\u{1fff}' +
  '\\u{200c}\\u{200d}\\u{2070}-\\u{218f}\\u{2c00}-\\u{2fef}\\u{3001}-\\u{d7ff}\\u{f900}-\\u{fdcf}' +
  '\\u{fdf0}-\\u{fffd}\\u{10000}-\\u{effff}';

/** Source of a regular expression (flag `u`) for a name. */
export const NAME_SOURCE = `[${NAME_START}][${NAME_START}\\-.0-9\\u{b7}\\u{300}-\\u{36f}\\u{203f}\\u{2040}]*`;

/** Index of the first character that XML cannot hold, or -1. */
export function forbiddenCharacter(text: string): number {
  return text.search(FORBIDDEN);
}

/** Whether every character of `text` can stand in an XML document. */
export function isXmlText(text: string): boolean {
  return !FORBIDDEN.test(text);
}

/** `text` with U+FFFD in place of what XML cannot hold. */
export function withoutForbidden(text: string): string {
  return isXmlText(text) ? text : text.replace(new RegExp(FORBIDDEN.source, 'gu'), '\ufffd');
}

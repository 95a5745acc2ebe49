// Any JSON value of a COCO file as a text that PostgreSQL's json and jsonb take, and back exactly. They refuse what
// files do hold: NaN and Infinity (Python writes them), U+0000 and lone surrogates. Such a number or text becomes an
// object with one key, `$number` or `$text`; such a key becomes `$key:` and its UTF-16 in hexadecimal. A key that begins
// with a dollar of its own gets a second one, so nothing is ambiguous. Objects keep their keys, so that SQL can merge
// them. Keys that JSON would escape are written that way too: V8 13.6 (Node 24.21) takes an escaped key for a backslash
// where an object made before had that in its place: after {"q":0,"\\":1}, it reads {"q":0,"\"":1} with the key `\`.

const NUMBER = '$number';
const TEXT = '$text';
const KEY = '$key:';

/** Whether PostgreSQL can store the string as it is, in a text column too. */
export function isPlainText(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/**
 * The value as JSON for a json or jsonb parameter.
 *
 * @example
 * encodeJson({ area: NaN }); // '{"area":{"$number":"NaN"}}'
 */
export function encodeJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  // A backslash may be in a key or begin a character that PostgreSQL refuses, a null may hide a NaN, a dollar may
  // begin a key.
  const isPlain =
    !text.includes('\\') &&
    !text.includes('"$') &&
    !(text.includes('null') && hasNotANumber(value));
  return isPlain ? text : JSON.stringify(wrapped(value));
}

/** The value that `encodeJson` was given. */
export function decodeJson(text: string): unknown {
  const value = JSON.parse(text) as unknown;
  return text.includes('"$') ? unwrapped(value) : value;
}

function hasNotANumber(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNotANumber);
}

function wrapped(value: unknown): unknown {
  if (typeof value === 'number')
    return Number.isFinite(value) ? value : { [NUMBER]: String(value) };
  if (typeof value === 'string')
    return isPlainText(value) ? value : { [TEXT]: JSON.stringify(value).slice(1, -1) };
  if (Array.isArray(value)) return value.map(wrapped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [wrappedKey(key), wrapped(member)]),
  );
}

function wrappedKey(key: string): string {
  if (!isPlainText(key) || JSON.stringify(key).includes('\\')) {
    return KEY + Buffer.from(key, 'utf16le').toString('hex');
  }
  return key.startsWith('$') ? `$${key}` : key;
}

function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  if (members.length === 1) {
    const [[key, member]] = members;
    if (key === NUMBER) return Number(member);
    if (key === TEXT) return JSON.parse(`"${member}"`);
  }
  return Object.fromEntries(members.map(([key, member]) => [unwrappedKey(key), unwrapped(member)]));
}

function unwrappedKey(key: string): string {
  if (key.startsWith(KEY)) return Buffer.from(key.slice(KEY.length), 'hex').toString('utf16le');
  return key.startsWith('$') ? key.slice(1) : key;
}

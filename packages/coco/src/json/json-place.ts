// The JSON path of a byte, found by walking a value again: paths are needed a few times in a million records,
// so the parser does not keep them.

/** Where the walked value itself stands: a section, and the index in it if the section is an array. */
export interface JsonPlace {
  section: string | null;
  index: number | null;
}

/** A member's step in a JSON path: `.bbox`, or `["two words"]` for keys that are no identifiers. */
export function pathStep(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/**
 * The path of the value at `byteOffset` (for a key: of the object it stands in) inside the well-formed JSON value that starts at `valueStart`,
 * e.g. `$.annotations[12].bbox[0]`.
 */
export function placeOf(
  bytes: Uint8Array,
  valueStart: number,
  byteOffset: number,
  place: JsonPlace,
): string {
  /** One frame per open array or object: the present index, or the present key. */
  const frames: (number | string)[] = [];
  let lastString = '';
  let at = valueStart;
  while (at < byteOffset) {
    const byte = bytes[at];
    if (byte === 34) {
      const start = at++;
      while (bytes[at] !== 34) at += bytes[at] === 92 ? 2 : 1;
      lastString = JSON.parse(new TextDecoder().decode(bytes.subarray(start, at + 1)));
    } else if (byte === 58) {
      frames[frames.length - 1] = lastString;
    } else if (byte === 123) {
      frames.push('');
    } else if (byte === 91) {
      frames.push(0);
    } else if (byte === 125 || byte === 93) {
      frames.pop();
    } else if (byte === 44) {
      const frame = frames.at(-1);
      if (typeof frame === 'number') frames[frames.length - 1] = frame + 1;
      else frames[frames.length - 1] = '';
    }
    at++;
  }
  const root = `$${place.section === null ? '' : pathStep(place.section)}${place.index === null ? '' : `[${place.index}]`}`;
  return frames.reduce<string>(
    (path, frame) =>
      path + (typeof frame === 'number' ? `[${frame}]` : frame === '' ? '' : pathStep(frame)),
    root,
  );
}

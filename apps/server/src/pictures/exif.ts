// What a camera wrote into a picture: when it was taken and with what. Reads the few tags that are kept, of Exif 2.32
// (CIPA DC-008): fields of a TIFF directory, each with a tag, a type, a count and an offset. Every offset comes from
// outside and is checked, nothing is followed further than one directory deep, and values longer than a line are left.
// Where a picture was taken (GPS) is not read: a place is private, and nothing here needs it.

export interface Exif {
  /**
   * When the picture was taken. A camera writes the time of its own clock; where it does not say how far that is from
   * UTC, the clock is taken for UTC, as with the dates of COCO files.
   */
  capturedAt: Date | null;
  /** The camera and its settings, under the names that queries use. */
  metadata: Record<string, string | number>;
}

type Value = string | number;

const nothing: Exif = { capturedAt: null, metadata: {} };
const longestText = 200;
const mostFields = 500;

const tagOf = {
  make: 0x010f,
  model: 0x0110,
  exifDirectory: 0x8769,
  exposureTime: 0x829a,
  fNumber: 0x829d,
  iso: 0x8827,
  dateTimeOriginal: 0x9003,
  offsetTimeOriginal: 0x9011,
  focalLength: 0x920a,
  subSecTimeOriginal: 0x9291,
  lensModel: 0xa434,
} as const;

const ascii = 2;
const short = 3;
const long = 4;
const rational = 5;

/**
 * @param bytes of a TIFF header and what follows it, with or without `Exif\0\0` before it. What cannot be read of it
 *   counts as absent: a picture is as good without.
 * @example
 * readExif((await sharp('day1.jpg').metadata()).exif).capturedAt // 2024-05-31T08:15:00.000Z
 */
export function readExif(bytes: Uint8Array | undefined): Exif {
  if (bytes === undefined) return nothing;
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tiff = whole.subarray(whole.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0);
  const order = tiff.toString('latin1', 0, 4);
  if (tiff.length < 8 || !(order === 'II*\0' || order === 'MM\0*')) return nothing;
  const read = readerOf(tiff, order === 'II*\0');

  const main = fieldsAt(read, read.uint32(4));
  const pointer = main.get(tagOf.exifDirectory);
  const photo = typeof pointer === 'number' ? fieldsAt(read, pointer) : new Map<number, Value>();
  const metadata = {
    camera: cameraOf(main.get(tagOf.make), main.get(tagOf.model)),
    lens: photo.get(tagOf.lensModel),
    exposureSeconds: photo.get(tagOf.exposureTime),
    fNumber: photo.get(tagOf.fNumber),
    iso: photo.get(tagOf.iso),
    focalLengthMillimetres: photo.get(tagOf.focalLength),
    utcOffset: offsetOf(photo.get(tagOf.offsetTimeOriginal)),
  };
  const known = Object.entries(metadata).filter(
    (entry): entry is [string, Value] => entry[1] !== undefined && entry[1] !== '',
  );
  return { capturedAt: timeOf(photo), metadata: Object.fromEntries(known) };
}

interface Reader {
  length: number;
  uint16(offset: number): number;
  uint32(offset: number): number;
  text(offset: number, length: number): string;
}

function readerOf(tiff: Buffer, isLittleEndian: boolean): Reader {
  return {
    length: tiff.length,
    uint16: (offset) => (isLittleEndian ? tiff.readUInt16LE(offset) : tiff.readUInt16BE(offset)),
    uint32: (offset) => (isLittleEndian ? tiff.readUInt32LE(offset) : tiff.readUInt32BE(offset)),
    // Many cameras write UTF-8 where the specification has ASCII.
    text: (offset, length) => tiff.toString('utf8', offset, offset + length),
  };
}

/** The texts and numbers of one directory, by tag. */
function fieldsAt(read: Reader, directory: number): Map<number, Value> {
  const fields = new Map<number, Value>();
  if (directory + 2 > read.length) return fields;
  const count = Math.min(read.uint16(directory), mostFields);
  for (let index = 0; index < count; index++) {
    const at = directory + 2 + index * 12;
    if (at + 12 > read.length) break;
    const value = valueAt(read, at);
    if (value !== undefined) fields.set(read.uint16(at), value);
  }
  return fields;
}

/** Values of up to four bytes stand in the field itself, longer ones elsewhere. */
function valueAt(read: Reader, field: number): Value | undefined {
  const [type, count] = [read.uint16(field + 2), read.uint32(field + 4)];
  const at = (byteSize: number) => (byteSize <= 4 ? field + 8 : read.uint32(field + 8));
  if (type === ascii && count <= longestText) {
    const start = at(count);
    if (start + count > read.length) return undefined;
    return read.text(start, count).split('\0', 1)[0].trim();
  }
  // Of several numbers the first: light meters may give a second sensitivity.
  if (type === short && count >= 1) {
    const start = at(2 * count);
    return start + 2 <= read.length ? read.uint16(start) : undefined;
  }
  if (type === long && count === 1) return read.uint32(field + 8);
  if (type !== rational || count !== 1) return undefined;
  const start = at(8);
  if (start + 8 > read.length) return undefined;
  const quotient = read.uint32(start) / read.uint32(start + 4);
  return Number.isFinite(quotient) ? Number(quotient.toPrecision(6)) : undefined;
}

/** Models often begin with the maker's name: "Canon", "Canon EOS R5". */
function cameraOf(make: Value | undefined, model: Value | undefined): string {
  const [maker, name] = [String(make ?? ''), String(model ?? '')];
  const isSaidTwice = name.toLowerCase().startsWith(maker.toLowerCase());
  return isSaidTwice ? name : `${maker} ${name}`.trim();
}

/** `+09:00`; cameras without a zone write blanks. */
function offsetOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' && /^[+-]\d\d:\d\d$/.test(value) ? value : undefined;
}

/** `2024:05:31 17:15:00`, with the fraction of a second and the offset from UTC in tags of their own. */
function timeOf(photo: ReadonlyMap<number, Value>): Date | null {
  const said = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(
    String(photo.get(tagOf.dateTimeOriginal) ?? ''),
  );
  if (said === null) return null;
  const [, year, month, day, clock] = said;
  const fraction = /^\d{1,9}/.exec(String(photo.get(tagOf.subSecTimeOriginal) ?? ''))?.[0] ?? '0';
  const offset = offsetOf(photo.get(tagOf.offsetTimeOriginal)) ?? 'Z';
  const time = new Date(`${year}-${month}-${day}T${clock}.${fraction.slice(0, 3)}${offset}`);
  // "0000:00:00 00:00:00" is what a camera writes whose clock was never set.
  return Number.isNaN(time.getTime()) ? null : time;
}

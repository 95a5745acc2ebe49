// A zip of any number of files of any size, as a stream. Besides one entry's content only the directory is in memory,
// some hundred bytes for a file. (yazl goes through all entries again for each one, and keeps what they were read
// from: with a hundred thousand files that is minutes and gigabytes.)
// Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (6.3.10), with its zip64 extensions.

import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  /** With `/` between folders. */
  path: string;
  /** Bytes as a whole are stored as they are; a stream is deflated, unless it is packed already. */
  content: Uint8Array | AsyncIterable<Uint8Array>;
  isPacked?: boolean;
}

const signatures = {
  local: 0x04034b50,
  descriptor: 0x08074b50,
  central: 0x02014b50,
  end: 0x06054b50,
};
const zip64Signatures = { end: 0x06064b50, locator: 0x07064b50 };
const zip64ExtraId = 1;
/** In the place of a number that stands in a zip64 field. */
const elsewhere32 = 0xffffffff;
const elsewhere16 = 0xffff;
/** What a reader must know: zip64. */
const version = 45;
const unixVersion = (3 << 8) | version;
/** A file that only its owner reads. */
const fileMode = (0o100600 << 16) >>> 0;
const utf8Names = 1 << 11;
const hasDescriptor = 1 << 3;
const stored = 0;
const deflated = 8;
/** Rows shrink to 40 % at the level that costs least, and to 30 % at one that costs three times as much. */
const deflateLevel = 1;

interface Written {
  name: Buffer;
  flags: number;
  method: number;
  crc: number;
  packedBytes: number;
  byteCount: number;
  offset: number;
}

/**
 * The bytes of a zip. An entry is asked for when the one before has been read to its end.
 *
 * @throws what reading an entry's content throws
 * @example
 * await pipeline(Readable.from(writeZip(entries()), { objectMode: false }), createWriteStream('all.zip'));
 */
export async function* writeZip(
  entries: AsyncIterable<ZipEntry>,
  madeAt = new Date(),
): AsyncGenerator<Uint8Array> {
  const time = dosTime(madeAt);
  const directory = new Directory();
  let offset = 0;
  for await (const { path, content, isPacked = false } of entries) {
    const entry: Written = {
      name: Buffer.from(path),
      flags: utf8Names,
      method: stored,
      crc: 0,
      packedBytes: 0,
      byteCount: 0,
      offset,
    };
    if (content instanceof Uint8Array) {
      entry.crc = crc32(content);
      entry.packedBytes = entry.byteCount = content.length;
      const header = localHeader(entry, time);
      offset += header.length + content.length;
      yield header;
      yield content;
    } else {
      entry.flags |= hasDescriptor;
      entry.method = isPacked ? stored : deflated;
      const header = localHeader(entry, time);
      yield header;
      for await (const chunk of packed(content, entry)) {
        entry.packedBytes += chunk.length;
        yield chunk;
      }
      const descriptor = dataDescriptor(entry);
      yield descriptor;
      offset += header.length + entry.packedBytes + descriptor.length;
    }
    directory.add(centralHeader(entry, time));
  }
  yield* directory.blocks();
  yield endOfDirectory(directory, offset);
}

/** The content as it stands in the file. Counts in `entry` what it is before. */
function packed(content: AsyncIterable<Uint8Array>, entry: Written): AsyncIterable<Uint8Array> {
  const counted = async function* () {
    for await (const chunk of content) {
      entry.crc = crc32(chunk, entry.crc);
      entry.byteCount += chunk.length;
      yield chunk;
    }
  };
  if (entry.method === stored) return counted();
  const deflate = createDeflateRaw({ level: deflateLevel });
  const source = Readable.from(counted(), { objectMode: false });
  source.on('error', (error) => deflate.destroy(error));
  return source.pipe(deflate);
}

/** Numbers that come with a descriptor are 0 here, and in a zip64 field, so that the descriptor has large numbers. */
function localHeader({ name, flags, method, crc, byteCount }: Written, time: number): Buffer {
  const isLate = (flags & hasDescriptor) !== 0;
  const extra = isLate ? zip64Extra([0, 0]) : Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(signatures.local, 0);
  header.writeUInt16LE(version, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt32LE(time, 10);
  header.writeUInt32LE(isLate ? 0 : crc, 14);
  header.writeUInt32LE(isLate ? elsewhere32 : byteCount, 18);
  header.writeUInt32LE(isLate ? elsewhere32 : byteCount, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, name, extra]);
}

function dataDescriptor({ crc, packedBytes, byteCount }: Written): Buffer {
  const descriptor = Buffer.alloc(24);
  descriptor.writeUInt32LE(signatures.descriptor, 0);
  descriptor.writeUInt32LE(crc, 4);
  descriptor.writeBigUInt64LE(BigInt(packedBytes), 8);
  descriptor.writeBigUInt64LE(BigInt(byteCount), 16);
  return descriptor;
}

function centralHeader(entry: Written, time: number): Buffer {
  const { name, flags, method, crc, packedBytes, byteCount, offset } = entry;
  const numbers = [byteCount, packedBytes, offset];
  const large = numbers.filter((number) => number >= elsewhere32);
  const extra = large.length === 0 ? Buffer.alloc(0) : zip64Extra(large);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(signatures.central, 0);
  header.writeUInt16LE(unixVersion, 4);
  header.writeUInt16LE(version, 6);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(method, 10);
  header.writeUInt32LE(time, 12);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(Math.min(packedBytes, elsewhere32), 20);
  header.writeUInt32LE(Math.min(byteCount, elsewhere32), 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(fileMode, 38);
  header.writeUInt32LE(Math.min(offset, elsewhere32), 42);
  return Buffer.concat([header, name, extra]);
}

function zip64Extra(numbers: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * numbers.length);
  extra.writeUInt16LE(zip64ExtraId, 0);
  extra.writeUInt16LE(8 * numbers.length, 2);
  for (const [index, number] of numbers.entries()) {
    extra.writeBigUInt64LE(BigInt(number), 4 + 8 * index);
  }
  return extra;
}

function endOfDirectory({ entryCount, byteCount }: Directory, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(signatures.end, 0);
  end.writeUInt16LE(Math.min(entryCount, elsewhere16), 8);
  end.writeUInt16LE(Math.min(entryCount, elsewhere16), 10);
  end.writeUInt32LE(Math.min(byteCount, elsewhere32), 12);
  end.writeUInt32LE(Math.min(offset, elsewhere32), 16);
  const isSmall = entryCount < elsewhere16 && byteCount < elsewhere32 && offset < elsewhere32;
  if (isSmall) return end;
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(zip64Signatures.end, 0);
  end64.writeBigUInt64LE(BigInt(end64.length - 12), 4);
  end64.writeUInt16LE(unixVersion, 12);
  end64.writeUInt16LE(version, 14);
  end64.writeBigUInt64LE(BigInt(entryCount), 24);
  end64.writeBigUInt64LE(BigInt(entryCount), 32);
  end64.writeBigUInt64LE(BigInt(byteCount), 40);
  end64.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(zip64Signatures.locator, 0);
  locator.writeBigUInt64LE(BigInt(offset + byteCount), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end]);
}

/** Headers of all entries, packed into few large buffers: a million small ones would weigh twice as much. */
class Directory {
  entryCount = 0;
  byteCount = 0;
  #block = Buffer.alloc(1 << 16);
  #blockBytes = 0;
  readonly #full: Buffer[] = [];

  add(header: Buffer): void {
    if (this.#blockBytes + header.length > this.#block.length) {
      this.#full.push(this.#block.subarray(0, this.#blockBytes));
      this.#block = Buffer.alloc(Math.max(1 << 16, header.length));
      this.#blockBytes = 0;
    }
    this.#block.set(header, this.#blockBytes);
    this.#blockBytes += header.length;
    this.byteCount += header.length;
    this.entryCount++;
  }

  blocks(): Buffer[] {
    return [...this.#full, this.#block.subarray(0, this.#blockBytes)];
  }
}

/** Time in the lower half, date in the upper, in steps of two seconds from 1980 on. */
function dosTime(at: Date): number {
  const time = (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1);
  const date = ((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate();
  return ((date << 16) | time) >>> 0;
}

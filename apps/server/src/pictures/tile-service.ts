// Large pictures in tiles. All tiles of a picture are made in one pass of libvips, since a JPEG can only be read from its
// beginning, and are kept as one zip without compression, in which each is found at once.

import type { Pyramid } from '@migaki/api';
import { phrase } from '@migaki/coco';
import { type BlobStore, StoreError } from '@migaki/store';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { inspectPicture, writeTiles } from './picture.ts';
import { sourceOf } from './picture-service.ts';

export interface Tile {
  bytes: Buffer;
  mediaType: string;
}

export interface TilePlace {
  level: number;
  column: number;
  row: number;
}

export interface TileService {
  /** Begins to make the tiles where they are not there. @throws PictureError, StoreError `blob-not-found`, `disk-full` */
  pyramid(sha256: string): Promise<Pyramid>;
  /** @throws StoreError `tile-not-found`, and as `pyramid` */
  tile(sha256: string, place: TilePlace): Promise<Tile>;
  stop(): Promise<void>;
}

/** With the side of the tiles, so that another side is another kind. */
const kind = 'tiles-512';
export const tileSide = 512;

/** Files that are kept open: people look at few large pictures at once. */
const maxOpen = 8;

interface OpenTiles {
  zip: ZipFile;
  entries: Map<string, Entry>;
}

export function createTileService(blobs: BlobStore): TileService {
  const making = new Map<string, Promise<void>>();
  /** What went wrong, told once to whoever asks next. */
  const failed = new Map<string, unknown>();
  const opened = new Map<string, Promise<OpenTiles>>();
  /** One after the other: each uses all cores. */
  let turn: Promise<unknown> = Promise.resolve();

  const make = (sha256: string): Promise<void> => {
    const made = turn.then(async () => {
      const source = await sourceOf(blobs, sha256);
      await blobs.derived.writeFrom(kind, sha256, (path) => writeTiles(source, path, tileSide));
    });
    turn = made.catch(() => {});
    return made;
  };
  const madeOf = (sha256: string): Promise<void> => {
    const known = making.get(sha256);
    if (known !== undefined) return known;
    const made = make(sha256).finally(() => making.delete(sha256));
    making.set(sha256, made);
    made.catch((error) => failed.set(sha256, error));
    return made;
  };
  const open = (sha256: string): Promise<OpenTiles> => {
    const known = opened.get(sha256);
    if (known !== undefined) return known;
    const files = (async () => {
      if (!(await blobs.derived.has(kind, sha256))) await madeOf(sha256);
      return openTiles((await blobs.derived.localPath(kind, sha256))!);
    })();
    opened.set(sha256, files);
    files.catch(() => opened.delete(sha256));
    for (const [oldest, each] of opened) {
      if (opened.size <= maxOpen) break;
      opened.delete(oldest);
      each.then(
        ({ zip }) => zip.close(),
        () => {},
      );
    }
    return files;
  };

  return {
    async pyramid(sha256) {
      const { width, height } = await inspectPicture(await sourceOf(blobs, sha256));
      const longest = Math.max(width, height);
      const levelCount = 1 + Math.max(0, Math.ceil(Math.log2(longest / tileSide)));
      const isReady = await blobs.derived.has(kind, sha256);
      const failure = failed.get(sha256);
      failed.delete(sha256);
      if (failure !== undefined) throw failure;
      if (!isReady) void madeOf(sha256).catch(() => {});
      return { width, height, tileSide, levelCount, state: isReady ? 'ready' : 'making' };
    },

    async tile(sha256, { level, column, row }) {
      const { zip, entries } = await open(sha256);
      const entry = entries.get(`${level}/${column}_${row}`);
      if (entry === undefined) {
        throw new StoreError('tile-not-found', {
          expected: phrase`a tile of the picture`,
          found: phrase`level ${level}, column ${column}, row ${row}`,
        });
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
      const mediaType = /webp$/.test(entry.fileName) ? 'image/webp' : 'image/jpeg';
      return { bytes: Buffer.concat(chunks), mediaType };
    },

    /** What is being made is left behind; the next start clears it away. */
    async stop() {
      for (const each of opened.values()) {
        const files = await each.catch(() => null);
        files?.zip.close();
      }
      opened.clear();
    },
  };
}

/** Deep Zoom counts its levels from a single pixel upwards; we count from the picture downwards. */
async function openTiles(path: string): Promise<OpenTiles> {
  const zip = await openPromise(path, { autoClose: false });
  const found: { level: number; place: string; entry: Entry }[] = [];
  for await (const entry of zip.eachEntry()) {
    const [, level, place] = /(?:^|\/)(\d+)\/(\d+_\d+)\.\w+$/.exec(entry.fileName) ?? [];
    if (level !== undefined) found.push({ level: Number(level), place, entry });
  }
  const finest = Math.max(...found.map(({ level }) => level));
  return {
    zip,
    entries: new Map(found.map(({ level, place, entry }) => [`${finest - level}/${place}`, entry])),
  };
}

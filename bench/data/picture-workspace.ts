// A workspace as large as a team's: images with annotations and pictures, ready to be opened by a workbench. The
// pictures are a few drawings, each stored many times with another comment in it: every image has a file, a hash and a
// thumbnail of its own, so no cache of a browser or a server knows it from another image.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { streamJson } from '../../packages/coco/src/index.ts';
import {
  addPictures,
  type BlobStore,
  createDataset,
  importCoco,
  migrate,
  type NewPicture,
  openFolderBlobs,
  openPool,
  openStore,
  startDatabase,
} from '../../packages/store/src/index.ts';
import { cachedFolder } from './cache.ts';
import { randomOf } from './random.ts';
import { type SyntheticOptions, syntheticImage } from './synthetic-coco.ts';
import { syntheticInstancesFile } from './write-synthetic-coco.ts';

const AUTHOR = 'bench';
const DRAWINGS = 200;
/** Widths and heights of synthetic images lie between 200 and 640. */
const MAX_ASPECT = 640 / 200;
const BATCH = 2000;

interface Drawing {
  jpeg: Buffer;
  /** As the server makes it at import. */
  thumbnail: Buffer;
}

/** The folder of the workspace, made on first use; it holds one dataset, whose id is 1. */
export function pictureWorkspace(options: SyntheticOptions): Promise<string> {
  const name = Object.values(options).join('-');
  return cachedFolder(`picture-workspace-v1-${name}`, (folder) => fill(folder, options));
}

async function fill(workspaceDir: string, options: SyntheticOptions): Promise<void> {
  const file = await syntheticInstancesFile(options);
  const database = await startDatabase({ workspaceDir });
  const pool = openPool(database.connectionString);
  try {
    await migrate(pool);
    const store = openStore({ pool });
    const { id } = await createDataset(store, { name: 'Bench' });
    await importCoco(store, id, streamJson(createReadStream(file)), { author: AUTHOR });
    const blobs = await openFolderBlobs(join(workspaceDir, 'blobs'));
    const drawings: Drawing[] = [];
    for (let index = 0; index < DRAWINGS; index++) drawings.push(await draw(index, options.seed));
    for (let start = 0; start < options.images; start += BATCH) {
      const count = Math.min(BATCH, options.images - start);
      const pictures = await Promise.all(
        Array.from({ length: count }, (_, n) => storePicture(blobs, drawings, options, start + n)),
      );
      await addPictures(store, id, pictures, { author: AUTHOR });
    }
    await pool.query('vacuum (analyze) image');
  } finally {
    await pool.end();
    await database.stop();
  }
}

/** Light and shade with something in front of them: neither flat nor noise, so files are as large as photographs. */
async function draw(index: number, seed: number): Promise<Drawing> {
  const aspect = MAX_ASPECT ** ((2 * index) / (DRAWINGS - 1) - 1);
  const width = Math.round(aspect >= 1 ? 640 : 640 * aspect);
  const height = Math.round(aspect >= 1 ? 640 / aspect : 640);
  const random = randomOf(seed, index, 9);
  const color = () =>
    `hsl(${random.integer(0, 359)} ${random.integer(20, 80)}% ${random.integer(20, 80)}%)`;
  const things = Array.from({ length: 40 }, () => {
    const radius = random.between(8, 90);
    const [x, y] = [random.between(0, width), random.between(0, height)];
    return `<ellipse cx="${x}" cy="${y}" rx="${radius}" ry="${radius * random.between(0.4, 1)}" fill="${color()}" opacity="0.7"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="g" x2="1" y2="1"><stop stop-color="${color()}"/><stop offset="1" stop-color="${color()}"/></linearGradient>
    <rect width="100%" height="100%" fill="url(#g)"/>${things.join('')}</svg>`;
  const jpeg = await sharp(Buffer.from(svg)).jpeg({ quality: 70 }).toBuffer();
  const thumbnail = await sharp(jpeg)
    .resize({ width: 256, height: 256, fit: 'inside' })
    .webp({ quality: 80, effort: 2 })
    .toBuffer();
  return { jpeg, thumbnail };
}

async function storePicture(
  blobs: BlobStore,
  drawings: readonly Drawing[],
  options: SyntheticOptions,
  index: number,
): Promise<NewPicture> {
  const { file_name, width, height } = syntheticImage(options, index);
  const aspect = Math.log(width! / height!) / Math.log(MAX_ASPECT);
  const { jpeg, thumbnail } = drawings[Math.round(((aspect + 1) / 2) * (DRAWINGS - 1))];
  const bytes = withComment(jpeg, index);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  // Past the blob store, which would wait for the disk after each of 100,000 files.
  const path = blobs.localPath(sha256)!;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  await blobs.derived.write('thumb-256', sha256, thumbnail);
  return {
    fileName: file_name,
    sha256,
    byteSize: bytes.byteLength,
    mediaType: 'image/jpeg',
    width: width!,
    height: height!,
  };
}

/** A comment segment (COM) right behind the start of the image (ITU T.81, B.2.4.5). */
function withComment(jpeg: Buffer, index: number): Buffer {
  const segment = Buffer.from([0xff, 0xfe, 0, 6, 0, 0, 0, 0]);
  segment.writeUInt32BE(index, 4);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

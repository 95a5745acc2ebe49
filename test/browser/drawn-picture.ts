// A picture of flat shapes on a flat ground, of which every pixel is known: what tools find in it can be told exactly.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

export const pictureSize = { width: 640, height: 480 };

type Color = readonly [red: number, green: number, blue: number];

export interface Disc {
  /** Pixels of the picture. */
  readonly centre: readonly [x: number, y: number];
  readonly radius: number;
}

/** The same colour twice, apart from each other. */
export const redDiscs: readonly Disc[] = [
  { centre: [420, 340], radius: 40 },
  { centre: [540, 340], radius: 30 },
];
export const yellowDisc: Disc = { centre: [80, 390], radius: 50 };
/** x, y, width, height. */
export const greenBox = [250, 300, 90, 100] as const;

const ground: Color = [90, 100, 110];
const isInDisc = ({ centre, radius }: Disc, x: number, y: number) =>
  Math.hypot(x + 0.5 - centre[0], y + 0.5 - centre[1]) < radius;

/** Which pixels have their middle in a disc. */
export const pixelsOfDiscs = (discs: readonly Disc[]): Uint8Array =>
  pixelsWhere((x, y) => discs.some((disc) => isInDisc(disc, x, y)));

/** One byte for each pixel, row after row. */
export function pixelsWhere(isIn: (x: number, y: number) => boolean): Uint8Array {
  const { width, height } = pictureSize;
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (isIn(x, y)) pixels[y * width + x] = 1;
  }
  return pixels;
}

function colorAt(x: number, y: number): Color {
  if (redDiscs.some((disc) => isInDisc(disc, x, y))) return [200, 60, 60];
  if (isInDisc(yellowDisc, x, y)) return [230, 200, 60];
  const [left, top, width, height] = greenBox;
  const isInBox = x >= left && x < left + width && y >= top && y < top + height;
  return isInBox ? [60, 160, 90] : ground;
}

/** A PNG: nothing is lost, and the same numbers come out. */
export function drawnPicture(): Promise<Buffer> {
  const { width, height } = pictureSize;
  const bytes = Buffer.alloc(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grain = ((x * 7 + y * 13) % 5) - 2;
      for (const [channel, value] of colorAt(x, y).entries()) {
        bytes[3 * (y * width + x) + channel] = value + grain;
      }
    }
  }
  return sharp(bytes, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** Categories of which one has a skeleton. */
export const drawnCategories = [
  { id: 1, name: 'cell' },
  { id: 2, name: 'leaf', supercategory: 'plant' },
  {
    id: 3,
    name: 'walker',
    keypoints: ['head', 'left hand', 'right hand', 'foot'],
    skeleton: [
      [1, 2],
      [1, 3],
      [1, 4],
    ],
  },
];

/** Writes pictures with these names, and categories, into a folder that can be imported. */
export async function writeDrawnPictures(folder: string, names: readonly string[]): Promise<void> {
  const bytes = await drawnPicture();
  for (const [index, name] of names.entries()) {
    // Each differs from the others, or they would be one.
    const metadata = { exif: { IFD0: { ImageDescription: String(index) } } };
    writeFileSync(join(folder, name), await sharp(bytes).withMetadata(metadata).png().toBuffer());
  }
  const images = names.map((file_name, index) => ({ id: index + 1, file_name, ...pictureSize }));
  const labels = { images, annotations: [], categories: drawnCategories };
  writeFileSync(join(folder, 'labels.json'), JSON.stringify(labels));
}

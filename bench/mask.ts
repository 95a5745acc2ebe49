// The mask operations beside pycocotools' C code, on the same masks, round by round in turns. Both sides start from
// what a COCO file holds: polygons and compressed text.

import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import {
  bitmapFromRle,
  type CocoDataset,
  type CocoResult,
  type CompressedRle,
  compressedFromRle,
  outlinesFromRle,
  type Polygon,
  type Rle,
  readCoco,
  rleFromBitmap,
  rleFromSegmentation,
  rleFromText,
  rleIous,
} from '../packages/coco/src/index.ts';
import { syntheticCocoFolder } from './data/write-synthetic-coco.ts';
import type { Bench } from './harness/bench.ts';
import { median, secondsOf, takeTurns } from './harness/measure.ts';
import { type PeerServer, startPeerServer } from './harness/python-peer.ts';

interface Picture {
  height: number;
  width: number;
  polygons: Polygon[][];
  truths: Rle[];
  crowd: boolean[];
  results: CompressedRle[];
}

/** Every result as a bitmap would not fit into memory. */
const BITMAPS = 500;

export const mask: Bench = {
  name: 'mask',
  title: 'mask operations beside pycocotools, on the masks of 1,000 pictures',
  async *run({ options, pycocotools }) {
    const { seed, images = 1000, runs = 5 } = options;
    const folder = await syntheticCocoFolder({ images, seed });
    const files = { truth: join(folder, 'gt.json'), results: join(folder, 'dt_segm.json') };
    const pictures = await readPictures(files);
    const works = worksOn(pictures);
    const peer = await pycocotools();
    const server = peer && startPeerServer(peer, 'pycocotools_server.py');
    try {
      await server?.ask({ do: 'load', ...files, picture_count: images, bitmap_count: BITMAPS });
      for (const { name, figure, unit, count, round, hasPeer } of works) {
        const { ours, theirs } = await takeTurns(runs, {
          ours: () => secondsOf(round),
          theirs: hasPeer && server !== null ? () => peerSeconds(server, name) : null,
        });
        yield {
          figure,
          value: count / median(ours),
          unit,
          better: 'higher',
          peer: theirs.length > 0 ? { name: peer!.name, value: count / median(theirs) } : null,
        };
      }
    } finally {
      await server?.close();
    }
  },
};

/** One round of each operation over all pictures. */
function worksOn(pictures: readonly Picture[]) {
  const results = pictures.flatMap((picture) => picture.results);
  const bitmaps = results.slice(0, BITMAPS).map((result) => {
    const [height, width] = result.size;
    return { height, width, bitmap: bitmapFromRle(rleOf(result)) };
  });
  const total = (countIn: (picture: Picture) => number) =>
    pictures.reduce((sum, picture) => sum + countIn(picture), 0);
  return [
    {
      name: 'rasterize',
      figure: 'polygons of an object → compressed mask',
      unit: 'objects/s',
      count: total(({ polygons }) => polygons.length),
      hasPeer: true,
      round() {
        for (const { polygons, height, width } of pictures) {
          for (const parts of polygons)
            compressedFromRle(rleFromSegmentation(parts, height, width));
        }
      },
    },
    {
      name: 'decode',
      figure: 'compressed mask → bitmap',
      unit: 'masks/s',
      count: results.length,
      hasPeer: true,
      round() {
        for (const result of results) bitmapFromRle(rleOf(result));
      },
    },
    {
      name: 'encode',
      figure: 'bitmap → compressed mask',
      unit: 'masks/s',
      count: bitmaps.length,
      hasPeer: true,
      round() {
        for (const { bitmap, height, width } of bitmaps) {
          compressedFromRle(rleFromBitmap(bitmap, height, width));
        }
      },
    },
    {
      name: 'overlap',
      figure: 'overlap of compressed masks, per pair',
      unit: 'pairs/s',
      count: total((picture) => picture.results.length * picture.truths.length),
      hasPeer: true,
      round() {
        for (const picture of pictures) {
          rleIous(picture.results.map(rleOf), picture.truths, picture.crowd);
        }
      },
    },
    {
      name: 'outline',
      figure: 'compressed mask → polygons with holes',
      unit: 'masks/s',
      count: results.length,
      hasPeer: false,
      round() {
        for (const result of results) outlinesFromRle(rleOf(result));
      },
    },
  ] as const;
}

function rleOf({ counts, size: [height, width] }: CompressedRle): Rle {
  return rleFromText(counts, height, width);
}

async function peerSeconds(server: PeerServer, work: string): Promise<number> {
  const { seconds } = await server.ask<{ seconds: number }>({ do: 'seconds_of', work });
  return seconds;
}

async function readPictures(files: { truth: string; results: string }): Promise<Picture[]> {
  const { images, annotations } = await readTruth(files.truth);
  const byId = new Map<number, Picture>();
  for (const { id, height, width } of images) {
    byId.set(id, { height, width, polygons: [], truths: [], crowd: [], results: [] });
  }
  for (const { image_id, segmentation, iscrowd } of annotations) {
    const picture = byId.get(image_id)!;
    if (Array.isArray(segmentation)) picture.polygons.push(segmentation);
    picture.truths.push(rleFromSegmentation(segmentation!, picture.height, picture.width));
    picture.crowd.push(iscrowd === 1);
  }
  for (const { image_id, segmentation } of await readResults(files.results)) {
    byId.get(image_id)!.results.push(segmentation as CompressedRle);
  }
  return [...byId.values()];
}

async function readTruth(path: string): Promise<CocoDataset> {
  const file = await readCoco(createReadStream(path));
  if (file.kind !== 'instances' && file.kind !== 'keypoints')
    throw new Error(`${path}: no objects`);
  return file.dataset;
}

async function readResults(path: string): Promise<CocoResult[]> {
  const file = await readCoco(createReadStream(path));
  if (file.kind !== 'results') throw new Error(`${path}: no results`);
  return file.results;
}

// A picture that comes in tiles of a pyramid. The server makes them when they are first asked for; until then, and behind
// every tile that is on its way, stands a copy of the whole at the largest size that the server sends.

import {
  levelFor,
  type Pyramid,
  type PyramidTile,
  parentTile,
  pyramidOf,
  type Size,
  tileBox,
  visibleTiles,
} from '@migaki/annotator';
import { client, pictureUrl } from '../../server/client.ts';
import { type CanvasPlace, toPicture } from '../canvas/canvas-place.ts';
import { tileUrl } from './large.ts';
import { decode } from './loaded-pictures.ts';
import { type PictureImage, type PictureState, setSmoothing } from './picture-image.ts';

const mostKept = 160;
/** Browsers open six connections to a server; saving needs one, too. */
const mostOnTheWay = 4;
const askAgainMillis = 1000;
const previewSize = 2048;

type Tile = ImageBitmap | 'coming' | 'failed';

const keyOf = ({ level, column, row }: PyramidTile): string => `${level}/${column}_${row}`;

export function tiledPicture(sha256: string, picture: Size, onChange: () => void): PictureImage {
  const stopping = new AbortController();
  const { signal } = stopping;
  const tiles = new Map<string, Tile>();
  let state: PictureState = 'coming';
  let preview: ImageBitmap | null = null;
  let pyramid: Pyramid | null = null;
  let size: Size | null = null;
  let wanted: PyramidTile[] = [];
  let onTheWay = 0;
  const show = () => {
    if (!signal.aborted) onChange();
  };

  decode(pictureUrl(sha256, previewSize), signal).then(
    (bitmap) => {
      preview = bitmap;
      show();
    },
    () => {},
  );
  const ask = async (): Promise<void> => {
    try {
      for (;;) {
        const answer = await client.getPyramid({ params: { sha256 } }, { signal });
        size = { width: answer.width, height: answer.height };
        if (answer.state === 'ready') {
          pyramid = pyramidOf(picture, answer.tileSide);
          state = 'there';
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, askAgainMillis));
        if (signal.aborted) return;
      }
    } catch {
      state = 'failed';
    }
    show();
  };
  void ask();

  const fetchNext = (): void => {
    while (onTheWay < mostOnTheWay) {
      const next = wanted.find((tile) => !tiles.has(keyOf(tile)));
      if (next === undefined || signal.aborted) return;
      const key = keyOf(next);
      tiles.set(key, 'coming');
      onTheWay++;
      decode(tileUrl(sha256, next.level, next.column, next.row), signal)
        .then(
          (bitmap) => {
            tiles.set(key, bitmap);
            show();
          },
          () => {
            // Asked for again when it is next in view; forgotten now would mean at once.
            tiles.set(key, 'failed');
            setTimeout(() => {
              if (tiles.get(key) === 'failed') tiles.delete(key);
              show();
            }, askAgainMillis);
          },
        )
        .finally(() => {
          onTheWay--;
          fetchNext();
        });
    }
  };
  const forget = (): void => {
    const inUse = new Set(wanted.map(keyOf));
    for (const [key, tile] of tiles) {
      if (tiles.size <= mostKept) break;
      if (inUse.has(key) || typeof tile === 'string') continue;
      tile.close();
      tiles.delete(key);
    }
  };

  return {
    draw(context, place) {
      toPicture(context, place);
      setSmoothing(context, place);
      if (preview !== null) context.drawImage(preview, 0, 0, picture.width, picture.height);
      if (pyramid === null) return;
      const level = levelFor(pyramid, place.view, place.ratio);
      wanted = visibleTiles(pyramid, place.view, place, level);
      for (const tile of wanted) drawTile(context, place, pyramid, tiles, tile);
      forget();
      fetchNext();
    },
    get state() {
      return state;
    },
    get size() {
      return size;
    },
    stop() {
      stopping.abort();
      for (const tile of tiles.values()) if (typeof tile !== 'string') tile.close();
      tiles.clear();
      preview?.close();
    },
  };
}

/** The tile, or what a coarser one has of it. */
function drawTile(
  context: CanvasRenderingContext2D,
  { view, ratio }: CanvasPlace,
  pyramid: Pyramid,
  tiles: Map<string, Tile>,
  tile: PyramidTile,
): void {
  const [x, y, width, height] = tileBox(pyramid, tile);
  for (let from = tile; from.level < pyramid.levelCount; from = parentTile(from)) {
    const key = keyOf(from);
    const bitmap = tiles.get(key);
    if (bitmap === undefined || typeof bitmap === 'string') continue;
    // Used last, forgotten last.
    tiles.delete(key);
    tiles.set(key, bitmap);
    const [fromX, fromY, fromWidth, fromHeight] = tileBox(pyramid, from);
    const [across, down] = [bitmap.width / fromWidth, bitmap.height / fromHeight];
    // Tiles meet on device pixels, so that no line shows between them.
    const at = (length: number, offset: number) =>
      (Math.round((length * view.scale + offset) * ratio) / ratio - offset) / view.scale;
    const [left, top] = [at(x, view.x), at(y, view.y)];
    context.drawImage(
      bitmap,
      (x - fromX) * across,
      (y - fromY) * down,
      width * across,
      height * down,
      left,
      top,
      at(x + width, view.x) - left,
      at(y + height, view.y) - top,
    );
    return;
  }
}

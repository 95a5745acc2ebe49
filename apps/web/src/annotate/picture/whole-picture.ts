// A picture that comes in one piece: at first the small copy that lists show, then the picture, and for views from far
// halves of it, so that drawing costs what the screen has of pixels and not what the picture has.

import type { Size } from '@migaki/annotator';
import { listPictureSize, pictureUrl } from '../../server/client.ts';
import { type CanvasPlace, toPicture } from '../canvas/canvas-place.ts';
import { decode, loadPicture } from './loaded-pictures.ts';
import { type PictureImage, type PictureState, setSmoothing } from './picture-image.ts';

export function wholePicture(sha256: string, picture: Size, onChange: () => void): PictureImage {
  let state: PictureState = 'coming';
  let preview: ImageBitmap | null = null;
  /** Each half as large as the one before. */
  const levels: ImageBitmap[] = [];
  let isHalving = false;
  let isStopped = false;
  const show = (change: () => void) => {
    if (isStopped) return;
    change();
    onChange();
  };

  decode(pictureUrl(sha256, listPictureSize)).then(
    (bitmap) =>
      show(() => {
        preview = bitmap;
      }),
    () => {},
  );
  loadPicture(sha256).then(
    (bitmap) =>
      show(() => {
        levels[0] = bitmap;
        state = 'there';
      }),
    () =>
      show(() => {
        state = 'failed';
      }),
  );

  const halve = (from: ImageBitmap): void => {
    if (isHalving) return;
    isHalving = true;
    createImageBitmap(from, {
      resizeWidth: Math.ceil(from.width / 2),
      resizeHeight: Math.ceil(from.height / 2),
      resizeQuality: 'medium',
    }).then(
      (half) =>
        show(() => {
          levels.push(half);
          isHalving = false;
        }),
      () => {},
    );
  };

  return {
    draw(context, place) {
      const wanted = Math.max(0, Math.floor(Math.log2(1 / (place.view.scale * place.ratio))));
      if (levels.length > 0 && wanted >= levels.length) halve(levels.at(-1)!);
      const bitmap = levels[Math.min(wanted, levels.length - 1)] ?? preview;
      if (bitmap === null) return;
      drawVisible(context, place, bitmap, picture);
    },
    get state() {
      return state;
    },
    get size() {
      return levels[0] === undefined ? null : { width: levels[0].width, height: levels[0].height };
    },
    stop() {
      isStopped = true;
      preview?.close();
      for (const level of levels.slice(1)) level.close();
    },
  };
}

/** The part in view alone: browsers are slow with what lies far outside of the canvas. */
function drawVisible(
  context: CanvasRenderingContext2D,
  place: CanvasPlace,
  bitmap: ImageBitmap,
  picture: Size,
): void {
  const { scale, x, y } = place.view;
  const left = Math.max(0, Math.floor(-x / scale));
  const top = Math.max(0, Math.floor(-y / scale));
  const right = Math.min(picture.width, Math.ceil((place.width - x) / scale));
  const bottom = Math.min(picture.height, Math.ceil((place.height - y) / scale));
  if (right <= left || bottom <= top) return;
  const [across, down] = [bitmap.width / picture.width, bitmap.height / picture.height];
  toPicture(context, place);
  setSmoothing(context, place);
  context.drawImage(
    bitmap,
    left * across,
    top * down,
    (right - left) * across,
    (bottom - top) * down,
    left,
    top,
    right - left,
    bottom - top,
  );
}

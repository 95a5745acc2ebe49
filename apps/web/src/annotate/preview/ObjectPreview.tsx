// A cut-out of the picture with some objects on it: what was and what became of them, side by side.

import {
  type AnnotationObject,
  type Box,
  type Category,
  categoryOf,
  colorsOf,
  fitView,
  placeOf,
  type Size,
  unionBox,
  zoomToBox,
} from '@migaki/annotator';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { pictureUrl } from '../../server/client.ts';
import { clear, placeOn, sizeCanvas, toPicture } from '../canvas/canvas-place.ts';
import { paintObject } from '../canvas/paint-object.ts';
import { comesInTiles } from '../picture/large.ts';
import { decode, loadPicture } from '../picture/loaded-pictures.ts';

interface ObjectPreviewProps {
  sha256: string | null;
  picture: Size;
  categories: readonly Category[];
  objects: readonly AnnotationObject[];
  /** What is shown of the picture: around these, too, so that two previews show the same part; null for all of it. */
  around?: readonly AnnotationObject[] | null;
  /** CSS pixels. */
  width: number;
  height: number;
  label: string;
  /** Whether what it is called is also to be read on it. */
  isCaptioned?: boolean;
}

export function ObjectPreview(props: ObjectPreviewProps) {
  const { sha256, picture, categories, objects, around = objects, width, height } = props;
  const { label, isCaptioned = true } = props;
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isGone = false;
    const draw = (bitmap: ImageBitmap | null) => {
      const context = canvas.current?.getContext('2d');
      if (isGone || context == null) return;
      const canvasSize = { width, height };
      const view =
        around === null
          ? fitView(picture, canvasSize)
          : zoomToBox(boxAround(around) ?? wholeBox(picture), picture, canvasSize);
      const place = placeOn(view, canvasSize, window.devicePixelRatio || 1);
      sizeCanvas(canvas.current!, place);
      clear(context, place);
      toPicture(context, place);
      if (bitmap !== null) context.drawImage(bitmap, 0, 0, picture.width, picture.height);
      const paint = {
        colorOf: colorsOf('category', categories),
        categoryOf: (object: AnnotationObject) => categoryOf({ categories }, object),
        fillOpacity: 0.25,
      };
      for (const object of objects) paintObject(context, object, view.scale, paint);
    };
    draw(null);
    if (sha256 !== null) load(sha256, picture, around === null).then(draw, () => {});
    return () => {
      isGone = true;
    };
  }, [sha256, picture, categories, objects, around, width, height]);
  return (
    <figure className="annotate-preview" style={{ width }}>
      <canvas
        ref={canvas}
        role="img"
        style={{ width, height }}
        aria-label={objects.length === 0 ? `${label}: ${t('versions.notThere')}` : label}
      />
      {isCaptioned && <figcaption>{label}</figcaption>}
    </figure>
  );
}

/** Of a large picture a smaller copy shows enough, as it does where all of it is shown. */
function load(sha256: string, picture: Size, isWhole: boolean): Promise<ImageBitmap> {
  if (isWhole) return decode(pictureUrl(sha256, 512));
  return comesInTiles({ mediaType: null }, picture)
    ? decode(pictureUrl(sha256, 2048))
    : loadPicture(sha256);
}

const boxAround = (objects: readonly AnnotationObject[]): Box | null =>
  objects
    .map(placeOf)
    .reduce<Box | null>((all, own) => (all && own ? unionBox(all, own) : (own ?? all)), null);

const wholeBox = ({ width, height }: Size): Box => [0, 0, width, height];

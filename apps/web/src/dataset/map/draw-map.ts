// The points of the map on a canvas. A few are round; of many each is a square of pixels that is written straight into the
// picture, so that a hundred thousand take a few milliseconds also without a graphics card.

import { rgbOf } from '../overlay/colors.ts';
import { type CanvasSize, type MapPlace, type MapPoints, unitsPerSide } from './map-place.ts';

export interface DrawnPoints extends MapPoints {
  readonly isMatching: readonly boolean[];
  /** Of each point. */
  readonly entries: Uint16Array;
  /** `#rrggbb` by entry. */
  readonly colors: readonly string[];
}

/** Of points that do not match the query: seen, but behind the others. */
export const faded = { light: '#d5d9e0', dark: '#3a3d42' } as const;
export type Ground = keyof typeof faded;

const mostRound = 4000;

/** Half of a point's width, CSS pixels: smaller where they are many, larger where one looks closely. */
export function pointRadius(count: number, { side }: MapPlace): number {
  return Math.min(6, Math.max(1.25, side / Math.sqrt(Math.max(1, count)) / 6));
}

export function drawMap(
  canvas: HTMLCanvasElement,
  size: CanvasSize,
  points: DrawnPoints,
  place: MapPlace,
  ground: Ground,
): void {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  if (context === null || width === 0 || height === 0) return;
  const draw = points.x.length <= mostRound ? drawRound : drawSquares;
  const drawn = { context, width, height, points, ground };
  const scaled = {
    scale: (place.side * ratio) / unitsPerSide,
    left: place.left * ratio,
    top: place.top * ratio,
    radius: pointRadius(points.x.length, place) * ratio,
  };
  draw(drawn, scaled);
}

interface Drawn {
  context: CanvasRenderingContext2D;
  width: number;
  height: number;
  points: DrawnPoints;
  ground: Ground;
}

/** Device pixels. */
interface Scaled {
  scale: number;
  left: number;
  top: number;
  radius: number;
}

function drawRound({ context, width, height, points, ground }: Drawn, at: Scaled): void {
  context.clearRect(0, 0, width, height);
  const { x, y, isMatching, entries, colors } = points;
  const paint = (color: string, isMeant: (i: number) => boolean) => {
    context.fillStyle = color;
    context.beginPath();
    for (let i = 0; i < x.length; i++) {
      if (!isMeant(i)) continue;
      const [centreX, centreY] = [at.left + x[i] * at.scale, at.top + y[i] * at.scale];
      context.moveTo(centreX + at.radius, centreY);
      context.arc(centreX, centreY, at.radius, 0, 2 * Math.PI);
    }
    context.fill();
  };
  paint(faded[ground], (i) => !isMatching[i]);
  for (const [entry, color] of colors.entries()) {
    paint(color, (i) => isMatching[i] && entries[i] === entry);
  }
}

function drawSquares({ context, width, height, points, ground }: Drawn, at: Scaled): void {
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const palette = Uint32Array.from(points.colors, pixelOf);
  const behind = pixelOf(faded[ground]);
  const side = Math.max(1, Math.round(2 * at.radius));
  for (const isMatching of [false, true]) {
    for (let i = 0; i < points.x.length; i++) {
      if (points.isMatching[i] !== isMatching) continue;
      const left = Math.round(at.left + points.x[i] * at.scale - at.radius);
      const top = Math.round(at.top + points.y[i] * at.scale - at.radius);
      if (left < 0 || top < 0 || left + side > width || top + side > height) continue;
      const pixel = isMatching ? palette[points.entries[i]] : behind;
      const last = (top + side) * width + left;
      for (let start = top * width + left; start < last; start += width) {
        for (let at = start; at < start + side; at++) pixels[at] = pixel;
      }
    }
  }
  context.putImageData(image, 0, 0);
}

/** As it lies in memory: red first. */
function pixelOf(color: string): number {
  const [red, green, blue] = rgbOf(color);
  return new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer)[0];
}

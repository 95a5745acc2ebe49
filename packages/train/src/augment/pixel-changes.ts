// Changes of pixels that are no affine map of colours: blur, sharpening, and what TrivialAugment draws from.

import type { Planes } from '../pictures/raster.ts';

/** Each value the mean of a square of `2 · radius + 1` around it; borders repeat. */
export function blur({ width, height, data }: Planes, radius: number): void {
  const line = new Uint8Array(Math.max(width, height));
  const window = 2 * radius + 1;
  const blurLine = (start: number, step: number, length: number) => {
    for (let i = 0; i < length; i++) line[i] = data[start + i * step];
    let sum = line[0] * (radius + 1);
    for (let i = 1; i <= radius; i++) sum += line[Math.min(i, length - 1)];
    for (let i = 0; i < length; i++) {
      data[start + i * step] = (sum + radius) / window;
      sum += line[Math.min(i + radius + 1, length - 1)] - line[Math.max(i - radius, 0)];
    }
  };
  for (let plane = 0; plane < 3; plane++) {
    const first = plane * width * height;
    for (let y = 0; y < height; y++) blurLine(first + y * width, 1, width);
    for (let x = 0; x < width; x++) blurLine(first + x, width, height);
  }
}

/** Away from its blurred self where above 0, towards it where below: −1 is blurred. */
export function sharpen(planes: Planes, amount: number): void {
  const smooth = { ...planes, data: planes.data.slice() };
  blur(smooth, 1);
  const { data } = planes;
  for (let i = 0; i < data.length; i++) {
    data[i] = clamped(data[i] + amount * (data[i] - smooth.data[i]));
  }
}

const clamped = (value: number): number => (value <= 0 ? 0 : value >= 255 ? 255 : value + 0.5);

/** Every value by a table; one table for all planes or one for each. */
function mapped({ width, height, data }: Planes, tableOf: (plane: Uint8Array) => Uint8Array): void {
  for (let plane = 0; plane < 3; plane++) {
    const values = data.subarray(plane * width * height, (plane + 1) * width * height);
    const table = tableOf(values);
    for (let i = 0; i < values.length; i++) values[i] = table[values[i]];
  }
}

const tableOf = (entry: (value: number) => number): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, value) => clamped(entry(value)));

/** Values from `threshold` on become their opposites. */
export function solarize(planes: Planes, threshold: number): void {
  const table = tableOf((value) => (value < threshold ? value : 255 - value));
  mapped(planes, () => table);
}

/** Keeps the upper `bits` of each value. */
export function posterize(planes: Planes, bits: number): void {
  const table = tableOf((value) => value & (0xff << (8 - bits)));
  mapped(planes, () => table);
}

/** Stretches each colour so that it reaches from 0 to 255. */
export function autoContrast(planes: Planes): void {
  mapped(planes, (values) => {
    let [least, greatest] = [255, 0];
    for (const value of values) {
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    const factor = greatest > least ? 255 / (greatest - least) : 1;
    return tableOf((value) => (greatest > least ? (value - least) * factor : value));
  });
}

/** Spreads each colour so that all its values are about as frequent. */
export function equalize(planes: Planes): void {
  mapped(planes, (values) => {
    const counts = new Uint32Array(256);
    for (const value of values) counts[value]++;
    let below = 0;
    return tableOf((value) => {
      const middle = below + counts[value] / 2;
      below += counts[value];
      return (255 * middle) / values.length;
    });
  });
}

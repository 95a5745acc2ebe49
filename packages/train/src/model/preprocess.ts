// From a picture of any size to the input of a network, inside the graph: shrunk or enlarged as a whole, put into the upper
// left corner, grey around it. `augment/layout.ts` (`fitted`) does the same outside of it.

import { type Built, type GraphBuilder, tensorOf } from '@migaki/graph';
import type { Size } from '../augment/layout.ts';
import { fillLevel } from '../pictures/raster.ts';
import type { Frame } from '../tasks/task.ts';

/** @param picture [N,h,w,3] uint8 */
export function preprocessed(
  g: GraphBuilder,
  picture: Built,
  input: Size,
): { pictures: Built; frame: Frame } {
  const shape = g.shape(picture);
  const sizeAt = (axis: number) => g.slice(shape, [axis], [axis + 1], [0]);
  const number = (whole: Built) => g.cast(whole, { to: 'float32' });
  const height = number(sizeAt(1));
  const width = number(sizeAt(2));
  const factor = g.min([
    g.div(g.scalar(input.height), height),
    g.div(g.scalar(input.width), width),
  ]);
  const side = (length: Built, most: number) => {
    const rounded = g.floor(g.add(g.mul(length, factor), 0.5));
    return g.clip(rounded, g.scalar(1), g.scalar(most));
  };
  const newHeight = side(height, input.height);
  const newWidth = side(width, input.width);
  const whole = (value: Built) => g.cast(value, { to: 'int64' });
  const sizes = g.concat([sizeAt(0), whole(newHeight), whole(newWidth), sizeAt(3)], { axis: 0 });
  const resized = g.resize(picture, undefined, undefined, sizes, { mode: 'linear', antialias: 1 });
  const missing = (most: number, is: Built) => whole(g.sub(g.scalar(most), is));
  const before = g.int64([0, 0, 0, 0, 0]);
  const after = [missing(input.height, newHeight), missing(input.width, newWidth), g.int64([0])];
  const padded = g.pad(
    resized,
    g.concat([before, ...after], { axis: 0 }),
    g.constant(tensorOf('uint8', [], [fillLevel])),
  );
  const planes = g.transpose(padded, { perm: [0, 3, 1, 2] });
  const cube = (value: Built) => g.reshape(value, [1, 1, 1]);
  return {
    pictures: g.reshape(planes, [0, 3, input.height, input.width]),
    frame: {
      x: cube(g.div(width, newWidth)),
      y: cube(g.div(height, newHeight)),
      width: cube(width),
      height: cube(height),
    },
  };
}

// JPEGs like photographs in size and cost: what pictures of an import are, where only their number counts.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cachedFolder } from './cache.ts';
import { randomOf } from './random.ts';

/** What is used of the library `sharp`, which is the server's dependency and not the benches'. */
type DrawJpeg = (
  pixels: Buffer,
  options: { raw: { width: number; height: number; channels: 3 } },
) => { jpeg(options: { quality: number }): { toFile(path: string): Promise<unknown> } };

/** JPEGs of about 60 kB, made on first use. */
export function jpegFolder(count: number, seed: number): Promise<string> {
  return cachedFolder(`jpegs-${count}-${seed}`, async (unfinished) => {
    const require = createRequire(new URL('../../apps/server/package.json', import.meta.url));
    const sharp = require('sharp') as DrawJpeg;
    const [width, height] = [640, 480];
    for (let index = 0; index < count; index++) {
      const random = randomOf(seed, index);
      const pixels = Buffer.alloc(width * height * 3);
      const [stepX, stepY] = [20 + (index % 30), 15 + (index % 17)];
      for (let pixel = 0; pixel < width * height; pixel++) {
        const [x, y] = [pixel % width, Math.floor(pixel / width)];
        const light = Math.sin(x / stepX) * 60 + Math.cos(y / stepY) * 60 + 128;
        pixels[3 * pixel] = light + random.uniform() * 12;
        pixels[3 * pixel + 1] = (light + index) % 256;
        pixels[3 * pixel + 2] = 255 - light;
      }
      await sharp(pixels, { raw: { width, height, channels: 3 } })
        .jpeg({ quality: 85 })
        .toFile(join(unfinished, `${String(index).padStart(4, '0')}.jpg`));
    }
  });
}

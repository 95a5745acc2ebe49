// Very many polygons on one large picture, as cells on a slide.

import type { Random } from './random.ts';

export const pictureSize = { width: 4000, height: 3000 };

/** Rings of 20 points with radii of 8 to 28 pixels, anywhere on the picture. */
export function crowdOf(count: number, random: Random) {
  const { width, height } = pictureSize;
  return Array.from({ length: count }, () => {
    const radius = 8 + random.uniform() * 20;
    const cx = 30 + random.uniform() * (width - 60);
    const cy = 30 + random.uniform() * (height - 60);
    const ring = Array.from({ length: 20 }, (_, i) => {
      const angle = (i * Math.PI) / 10;
      const away = radius * (0.8 + 0.4 * random.uniform());
      return [cx + away * Math.cos(angle), cy + away * Math.sin(angle)];
    }).flat();
    const xs = ring.filter((_, i) => i % 2 === 0);
    const ys = ring.filter((_, i) => i % 2 === 1);
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    const bbox: [number, number, number, number] = [x, y, Math.max(...xs) - x, Math.max(...ys) - y];
    return { bbox, segmentation: [ring], area: Math.PI * radius * radius };
  });
}

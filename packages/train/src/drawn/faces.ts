// Masks of many people, for metric learning: what makes somebody is where the features are and what they are like; light,
// angle, expression and what is in front of the face are of the moment.

import type { CocoAnnotation } from '@migaki/coco';
import { type Random, randomOf } from '../random/random.ts';
import type { DrawnSet } from './drawn-set.ts';
import { circle, hsl, limb, polygon, scene } from './svg.ts';

const side = 96;

interface Person {
  readonly skin: readonly [hue: number, saturation: number, lightness: number];
  readonly width: number;
  readonly chin: number;
  readonly eyeDistance: number;
  readonly eyeHeight: number;
  readonly eyeSize: number;
  readonly irisHue: number;
  readonly browTilt: number;
  readonly noseLength: number;
  readonly noseWidth: number;
  readonly mouthWidth: number;
  readonly mouthHeight: number;
  readonly hair: readonly [hue: number, lightness: number];
  readonly hairLine: number;
}

/** @param identities how many people; each has about the same number of pictures */
export function drawnFaces(count: number, identities: number, seed = 0): DrawnSet {
  const people = Array.from({ length: identities }, (_, i) => personOf(randomOf(seed, 51, i)));
  const who = Array.from({ length: count }, (_, i) => i % identities);
  return {
    dataset: {
      images: who.map((_, i) => ({
        id: i + 1,
        file_name: `faces-${String(i + 1).padStart(4, '0')}.jpg`,
        width: side,
        height: side,
      })),
      categories: people.map((_, i) => ({ id: i + 1, name: `person ${i + 1}` })),
      annotations: who.map(
        (person, i): CocoAnnotation => ({ id: i + 1, image_id: i + 1, category_id: person + 1 }),
      ),
    },
    svg: (index) => {
      const random = randomOf(seed, 52, index);
      const face = faceOf(random, people[who[index]]);
      return scene(random, { width: side, height: side, clutter: 8 }, face);
    },
  };
}

const personOf = (random: Random): Person => ({
  skin: [random.between(15, 40), random.between(0.25, 0.6), random.between(0.35, 0.8)],
  width: random.between(0.62, 0.88),
  chin: random.between(0.55, 0.95),
  eyeDistance: random.between(0.24, 0.42),
  eyeHeight: random.between(-0.25, 0),
  eyeSize: random.between(0.07, 0.14),
  irisHue: random.between(0, 360),
  browTilt: random.normal(0, 0.08),
  noseLength: random.between(0.2, 0.42),
  noseWidth: random.between(0.06, 0.2),
  mouthWidth: random.between(0.18, 0.42),
  mouthHeight: random.between(0.42, 0.6),
  hair: [random.between(0, 60), random.between(0.08, 0.6)],
  hairLine: random.between(-0.75, -0.4),
});

function faceOf(random: Random, person: Person): string {
  const light = random.between(0.8, 1.2);
  const [hue, saturation, lightness] = person.skin;
  const skin = hsl(hue + random.normal(0, 4), saturation, Math.min(0.92, lightness * light));
  const shade = hsl(hue, saturation, Math.min(0.85, lightness * light * 0.75));
  const hair = hsl(person.hair[0], 0.4, person.hair[1] * light);
  const { width: w, chin } = person;
  const outline = Array.from({ length: 28 }, (_, i) => {
    const t = (2 * Math.PI * i) / 28;
    const y = Math.sin(t);
    return [w * Math.cos(t) * (y > 0 ? 1 - (1 - chin) * y : 1), y];
  }).flat();
  const smile = random.normal(0, 0.07);
  const open = random.chance(0.3) ? random.between(0.03, 0.09) : 0.02;
  // Turned to the side, features move together.
  const shift = random.normal(0, 0.06);
  const gaze = random.normal(0, 0.02);
  const eyes = [-1, 1].map((s) => {
    const [x, y] = [s * person.eyeDistance + shift, person.eyeHeight];
    const { eyeSize: r } = person;
    return (
      circle([x, y], r, '#f4f4f4') +
      circle([x + gaze, y], r * 0.6, hsl(person.irisHue, 0.5, 0.35)) +
      circle([x + gaze, y], r * 0.28, '#111') +
      limb(
        [x - r * 1.3, y - r * 1.6 - s * person.browTilt],
        [x + r * 1.3, y - r * 1.6 + s * person.browTilt],
        0.05,
        hair,
      )
    );
  });
  const nose = polygon(
    [
      ...[shift, person.eyeHeight + 0.05],
      ...[shift * 1.6 - person.noseWidth, person.eyeHeight + person.noseLength],
      ...[shift * 1.6 + person.noseWidth, person.eyeHeight + person.noseLength],
    ],
    shade,
  );
  const m = person.mouthHeight;
  const mouth =
    `<path d="M${shift - person.mouthWidth} ${m - smile}Q${shift} ${m + smile + open} ${shift + person.mouthWidth} ${m - smile}` +
    `Q${shift} ${m + smile - open} ${shift - person.mouthWidth} ${m - smile}" fill="#a33" stroke="#722" stroke-width="0.03"/>`;
  const fringe = `<path d="M${-w * 1.04} -0.1Q${-w} -1.25 0 -1.12Q${w} -1.25 ${w * 1.04} -0.1Q${w * 0.7} ${person.hairLine} 0 ${person.hairLine}Q${-w * 0.7} ${person.hairLine} ${-w * 1.04} -0.1Z" fill="${hair}"/>`;
  const occlusion = random.chance(0.15)
    ? limb(
        [-1, random.between(-0.6, 0.7)],
        [1, random.between(-0.6, 0.7)],
        0.16,
        hsl(random.between(0, 360), 0.6, 0.5),
      )
    : '';
  const size = side * random.between(0.32, 0.42);
  const at = [side / 2 + random.normal(0, 4), side / 2 + random.normal(0, 4)];
  return (
    `<g transform="translate(${at.map((value) => value.toFixed(1)).join(' ')}) rotate(${Math.round(random.normal(0, 8))}) ` +
    `scale(${(size * random.between(0.93, 1.07)).toFixed(2)} ${size.toFixed(2)})">` +
    `${polygon(outline, skin)}${fringe}${eyes.join('')}${nose}${mouth}${occlusion}</g>`
  );
}

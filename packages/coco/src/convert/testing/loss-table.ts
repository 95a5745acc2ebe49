// The tables of docs/formats.md, found out by trying: for each thing that COCO can say, a small dataset that says
// it is written in each format, and what the writer reports is what the table shows.

import { CocoError } from '../../coco-error.ts';
import { rleFromBitmap } from '../../mask/rle.ts';
import { compressedFromRle } from '../../mask/rle-text.ts';
import type { CocoAnnotation, CocoCategory, CocoDataset, CocoImage } from '../../types.ts';
import { rotatedCorners } from '../cvat/rotated-box.ts';
import type { AnnotationFormat, WriteOptions } from '../format.ts';
import { type LossFeature, lossFeatures } from '../loss.ts';
import { wholeText } from '../memory-tree.ts';

/** What a probe adds to a dataset of one picture, one category and one box. */
interface Probe {
  image?: Partial<CocoImage>;
  category?: Partial<CocoCategory>;
  /** In place of the box. */
  annotation?: Partial<CocoAnnotation>;
  /** Whole sections. */
  sections?: Partial<CocoDataset>;
}

const box: Partial<CocoAnnotation> = { bbox: [10, 20, 30, 40], area: 1200, iscrowd: 0 };
const triangle = [10, 10, 50, 10, 50, 40];
const otherTriangle = [60, 50, 90, 50, 90, 80];
const outline: Partial<CocoAnnotation> = {
  segmentation: [triangle],
  bbox: [10, 10, 40, 30],
  area: 600,
  iscrowd: 0,
};
const ring = compressedFromRle(
  rleFromBitmap(
    Uint8Array.from({ length: 100 * 100 }, (_, i) => {
      const [x, y] = [i % 100, Math.floor(i / 100)];
      const isHole = x >= 30 && x < 40 && y >= 30 && y < 40;
      return x >= 20 && x < 60 && y >= 20 && y < 60 && !isHole ? 1 : 0;
    }),
    100,
    100,
  ),
);
const maskBox: Partial<CocoAnnotation> = { bbox: [20, 20, 40, 40], area: 1500, iscrowd: 0 };
const pose: Partial<CocoCategory> = { keypoints: ['nose', 'eye'], skeleton: [[1, 2]] };

/** One row of the table each. */
const probes: Readonly<Record<string, Probe>> = {
  'a box': {},
  'a polygon': { annotation: outline },
  'an object of several parts': {
    annotation: {
      segmentation: [triangle, otherTriangle],
      bbox: [10, 10, 80, 70],
      area: 1050,
      iscrowd: 0,
    },
  },
  'a pixel mask with a hole': { annotation: { segmentation: ring, ...maskBox } },
  'a crowd region': { annotation: { segmentation: ring, ...maskBox, iscrowd: 1 } },
  'a rotated box': {
    annotation: {
      segmentation: [rotatedCorners([20, 30, 40, 20], 30)],
      attributes: { rotation: 30 },
    },
  },
  'keypoints and their skeleton': {
    category: pose,
    annotation: { ...box, keypoints: [20, 30, 2, 30, 50, 2], num_keypoints: 2 },
  },
  'hidden keypoints': {
    category: pose,
    annotation: { ...box, keypoints: [20, 30, 1, 0, 0, 0], num_keypoints: 1 },
  },
  'a box unlike the outline': { annotation: { ...outline, bbox: [0, 0, 99, 99] } },
  'an area unlike the outline': { annotation: { ...outline, area: 7 } },
  'a shape over the edge of the picture': { annotation: { bbox: [-5, 20, 30, 40], area: 1200 } },
  'more than six decimals of a pixel': { annotation: { bbox: [10.123456789, 20, 30.5, 40] } },
  'a label of a whole picture': { annotation: {} },
  'a caption': { sections: { captions: [{ id: 1, image_id: 1, caption: 'a cat' }] } },
  'a score': { annotation: { ...box, score: 0.5 } },
  'attributes (yes or no, number, text)': {
    annotation: { ...box, attributes: { young: true, age: 2, note: 'asleep' } },
  },
  'attributes with structure': { annotation: { ...box, attributes: { names: ['Tama'] } } },
  'further fields of an annotation': { annotation: { ...box, author: 'me' } },
  'a supercategory': { category: { supercategory: 'animal' } },
  'the colour of a category': { category: { color: '#ff8000' } },
  'a category without annotations': {
    sections: {
      categories: [
        { id: 1, name: 'cat' },
        { id: 2, name: 'dog' },
      ],
    },
  },
  'ids that do not count from 1': {
    sections: {
      images: [{ id: 7, file_name: 'a.jpg', width: 100, height: 100 }],
      categories: [{ id: 5, name: 'cat' }],
      annotations: [{ id: 9, image_id: 7, category_id: 5, ...box }],
    },
  },
  'a split': { image: { split: 'train' } },
  'further fields of a picture': { image: { license: 1, date_captured: '2026-01-02' } },
  'a picture without annotations': { sections: { annotations: [], categories: [] } },
  'dataset information': { sections: { info: { year: 2026 }, licenses: [{ id: 1 }] } },
  'a.jpg beside a.png': {
    sections: {
      images: ['a.jpg', 'a.png'].map((file_name, i) => {
        return { id: i + 1, file_name, width: 100, height: 100 };
      }),
    },
  },
};

function datasetOf({ image, category, annotation = box, sections }: Probe): CocoDataset {
  return {
    images: [{ id: 1, file_name: 'a.jpg', width: 100, height: 100, ...image }],
    categories: [{ id: 1, name: 'cat', ...category }],
    annotations: [{ id: 1, image_id: 1, category_id: 1, ...annotation }],
    ...sections,
  };
}

async function lossesOf(
  format: AnnotationFormat,
  probe: Probe,
  options?: WriteOptions,
): Promise<LossFeature[]> {
  const { files, losses } = format.write(datasetOf(probe), options);
  for (const file of files) if ('text' in file) await wholeText(file.text);
  return losses.map(({ feature }) => feature);
}

const posed = { keypoints: [20, 30, 2, 30, 50, 2], num_keypoints: 2 };
const withKeypoints = ({ category, annotation = box, sections, ...probe }: Probe): Probe => ({
  ...probe,
  category: { ...pose, ...category },
  annotation: { ...posed, ...annotation },
  sections: {
    ...sections,
    ...(sections?.categories && {
      categories: sections.categories.map((one) => ({ ...pose, ...one })),
    }),
    ...(sections?.annotations && {
      annotations: sections.annotations.map((one) => ({ ...posed, ...one })),
    }),
  },
});

/** Every loss that one of the probes brings about, in the order of `lossFeatures`. */
export async function lossesOfProbes(
  format: AnnotationFormat,
  options?: WriteOptions,
): Promise<LossFeature[]> {
  const found = new Set<LossFeature>();
  for (const probe of Object.values(probes)) {
    const asked = options?.task === 'pose' ? withKeypoints(probe) : probe;
    const features = await lossesOf(format, asked, options).catch((error: unknown) => {
      // A file of a task that nothing is there for is refused, which loses nothing.
      if (error instanceof CocoError && error.code === 'bad-format-input') return [];
      throw error;
    });
    for (const feature of features) found.add(feature);
  }
  return (Object.keys(lossFeatures) as LossFeature[]).filter((feature) => found.has(feature));
}

const named = (features: readonly string[]) => features.map((name) => `\`${name}\``).join(', ');

/**
 * A table of Markdown: what COCO says, and for each format ✓ or the losses that writing it adds to those of a
 * box, which are the first row.
 */
export async function lossTable(formats: readonly AnnotationFormat[]): Promise<string> {
  const baseLosses = await Promise.all(formats.map((format) => lossesOf(format, {})));
  const rows = [
    ['COCO says', ...formats.map(({ name }) => name)],
    ['---', ...formats.map(() => '---')],
  ];
  for (const [title, probe] of Object.entries(probes)) {
    const cells = await Promise.all(
      formats.map(async (format, index) => {
        const all = await lossesOf(format, probe);
        const isBase = Object.keys(probe).length === 0;
        const added = isBase ? all : all.filter((feature) => !baseLosses[index].includes(feature));
        return added.length === 0 ? '✓' : named(added);
      }),
    );
    rows.push([title, ...cells]);
  }
  return rows.map((row) => `| ${row.join(' | ')} |\n`).join('');
}

/** A table of Markdown: every loss and what it means. */
export function lossFeatureTable(): string {
  const rows = Object.entries(lossFeatures).map(([name, text]) => `| \`${name}\` | ${text} |\n`);
  return `| Loss | Meaning |\n| --- | --- |\n${rows.join('')}`;
}

/** The page with its generated parts renewed: what stands between `<!-- name -->` and `<!-- end name -->`. */
export async function renewedPage(
  page: string,
  formats: readonly AnnotationFormat[],
): Promise<string> {
  const parts = { 'loss table': await lossTable(formats), losses: lossFeatureTable() };
  let renewed = page;
  for (const [name, text] of Object.entries(parts)) {
    const [start, end] = [`<!-- ${name} -->\n`, `<!-- end ${name} -->`];
    const from = renewed.indexOf(start) + start.length;
    const to = renewed.indexOf(end, from);
    if (from < start.length || to === -1) throw new RangeError(`The page has no part "${name}".`);
    renewed = `${renewed.slice(0, from)}\n${text}\n${renewed.slice(to)}`;
  }
  return renewed;
}

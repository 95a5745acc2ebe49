import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CocoAnnotation, CocoDataset, CocoImage } from '../types.ts';
import type { ReadPart, SourceTree } from './format.ts';
import { type FormatName, formatByName } from './formats.ts';
import { readInParts } from './in-parts.ts';
import { memoryTree, treeOfFiles } from './memory-tree.ts';

const size = { width: 640, height: 480 };
const imageCount = 12;
const boxesEach = 1_000;

function manyBoxes(more: (n: number) => Partial<CocoAnnotation> = () => ({})): CocoDataset {
  const images: CocoImage[] = Array.from({ length: imageCount }, (_, n) => {
    return { id: n + 1, file_name: `${String(n).padStart(4, '0')}.jpg`, ...size };
  });
  const annotations = Array.from({ length: imageCount * boxesEach }, (_, n): CocoAnnotation => {
    const [x, y] = [(n * 7) % 600, (n * 11) % 440];
    const bbox: [number, number, number, number] = [x, y, 20, 16];
    const image_id = Math.floor(n / boxesEach) + 1;
    const category_id = 1 + (n % 2);
    return { id: n + 1, image_id, category_id, bbox, area: 320, iscrowd: 0, ...more(n) };
  });
  const categories = ['cat', 'dog'].map((name, index) => ({ id: index + 1, name }));
  return { images, annotations, categories };
}

async function treeOf(name: FormatName, dataset: CocoDataset): Promise<SourceTree> {
  const { files } = formatByName[name].write(dataset);
  return treeOfFiles(files, () => size);
}

async function partsOf(name: FormatName, tree: SourceTree): Promise<ReadPart[]> {
  const parts: ReadPart[] = [];
  const reading = readInParts(formatByName[name], tree);
  for (;;) {
    const { done, value } = await reading.next();
    parts.push(value);
    if (done) return parts;
  }
}

/** What every format carries of a dataset: who is where. */
function told({ images, annotations, categories }: CocoDataset): string[] {
  const nameOf = new Map(images.map(({ id, file_name }) => [id, file_name]));
  const categoryOf = new Map(categories.map(({ id, name }) => [id, name]));
  return annotations.map(({ image_id, category_id, bbox }) =>
    [nameOf.get(image_id), categoryOf.get(category_id), bbox?.map(Math.round)].join(' '),
  );
}

for (const name of ['yolo', 'voc', 'labelme'] as const) {
  test(`${name} comes in parts that say together what the whole says`, async () => {
    const dataset = manyBoxes();
    const parts = await partsOf(name, await treeOf(name, dataset));
    assert.deepEqual(
      parts.map(({ dataset }) => [dataset.annotations.length, dataset.categories.length]),
      [
        [10_000, 0],
        [2_000, 2],
      ],
    );
    const whole = {
      images: parts.flatMap(({ dataset }) => dataset.images),
      annotations: parts.flatMap(({ dataset }) => dataset.annotations),
      categories: parts.at(-1)!.dataset.categories,
    };
    assert.deepEqual(told(whole), told(dataset));
    const isCounted = ({ id }: { id: number }, index: number) => id === index + 1;
    assert.ok(whole.images.every(isCounted) && whole.annotations.every(isCounted));
    assert.equal(parts.flatMap(({ imagePaths }) => [...imagePaths.keys()]).length, imageCount);
  });
}

/** As large files are read: some bytes at a time, which may end within a character. */
const inPieces = (tree: SourceTree, byteCount: number): SourceTree => ({
  ...tree,
  read: () => Promise.reject(new Error('read whole')),
  async *pieces(path) {
    const bytes = await tree.read(path);
    for (let at = 0; at < bytes.length; at += byteCount) yield bytes.subarray(at, at + byteCount);
  },
});

for (const name of ['cvat', 'label-studio', 'csv'] as const) {
  test(`${name}, one file for all pictures, comes in parts and is never read whole`, async () => {
    const dataset = manyBoxes();
    dataset.categories[0].name = '猫, "三毛"';
    const tree = await treeOf(name, dataset);
    const parts = await partsOf(name, inPieces(tree, 9_973));
    assert.ok(parts.length > 1);
    const whole = {
      images: parts.flatMap(({ dataset }) => dataset.images),
      annotations: parts.flatMap(({ dataset }) => dataset.annotations),
      categories: parts.at(-1)!.dataset.categories,
    };
    assert.deepEqual(told(whole), told(dataset));
    const isCounted = ({ id }: { id: number }, index: number) => id === index + 1;
    assert.ok(whole.images.every(isCounted) && whole.annotations.every(isCounted));
  });

  test(`${name} says the same however small the pieces are in which it comes`, async () => {
    const dataset = manyBoxes();
    dataset.images.length = 1;
    dataset.annotations.length = 20;
    dataset.categories[0].name = '猫, "三毛"';
    const format = formatByName[name];
    const tree = await treeOf(name, dataset);
    const whole = await format.read(tree);
    assert.deepEqual(await format.read(inPieces(tree, 1)), whole);
    assert.deepEqual(await format.read(inPieces(tree, 3)), whole);
  });
}

test('poses of CVAT wait for the keypoints of labels that do not declare them', async () => {
  const boxes = '<box label="cat" xtl="1" ytl="1" xbr="9" ybr="9"/>'.repeat(11_000);
  const image = (id: number, shapes: string) =>
    `<image id="${id}" name="${id}.jpg" width="640" height="480">${shapes}</image>`;
  const points = (count: number) =>
    `<points label="pose" points="${Array.from({ length: count }, (_, i) => `${i},${i}`).join(';')}"/>`;
  const text = `<annotations>${image(0, points(1) + boxes)}${image(1, boxes)}${image(2, points(3))}</annotations>`;
  const parts = await partsOf('cvat', memoryTree(new Map([['annotations.xml', text]])));
  const poses = parts.flatMap(({ dataset }) =>
    dataset.annotations.flatMap(({ keypoints }) =>
      keypoints === undefined ? [] : [keypoints.length],
    ),
  );
  assert.deepEqual([parts.length, poses], [1, [9, 9]]);
});

test('nothing is handed over that may still be changed: poses of labelme wait for the names of all keypoints', async () => {
  const dataset = manyBoxes((n) => (n === 3 ? { keypoints: [5, 5, 2], num_keypoints: 1 } : {}));
  dataset.categories[1].keypoints = ['nose'];
  const parts = await partsOf('labelme', await treeOf('labelme', dataset));
  assert.equal(parts.length, 1);
  const [posed] = parts[0].dataset.annotations.filter(({ keypoints }) => keypoints !== undefined);
  assert.deepEqual(posed.keypoints, [5, 5, 2]);
});

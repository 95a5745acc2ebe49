// The editor's state alone, without a canvas: what a gesture costs among very many objects and on a large picture. There
// is no peer to measure in the same run; the targets are what a hand notices.

import {
  createEditor,
  defaultSettings,
  type EditorEvent,
  type EditorState,
  objectsAt,
  runPixelTask,
  type ServerAnnotation,
  update,
} from '../packages/annotator/src/index.ts';
import { crowdOf, pictureSize } from './data/crowded-picture.ts';
import { type Random, randomOf } from './data/random.ts';
import type { Bench, Figure } from './harness/bench.ts';
import { median } from './harness/measure.ts';

const picture = { id: 1, ...pictureSize, status: 'in_progress' } as const;
/** The canvas shows the picture pixel by pixel, so that screen positions are those of the picture. */
const canvas = pictureSize;
const plain = { supercategory: null, color: null, keypoints: null, skeleton: null };
const categories = [{ id: 1, name: 'cell', ...plain }];
const modifiers = { shift: false, alt: false, mod: false };
const objectCount = 10_000;

export const annotator: Bench = {
  name: 'annotator',
  title:
    'the editor among 10,000 polygons of 20 points, and brush and wand on 4,000 × 3,000 pixels',
  async *run({ options }) {
    const random = randomOf(options.seed);
    const annotations = crowdOf(objectCount, random).map(annotationOf);
    const opened = timed(5, () => open(annotations));
    yield figure('open 10,000 polygons', median(opened.millis), 300);
    const crowded = opened.last;

    const hits = timed(2000, () => {
      const point = { x: random.uniform() * picture.width, y: random.uniform() * picture.height };
      return objectsAt(crowded.document, crowded.index, point, 8);
    });
    yield figure('hit-test, p95', percentile(hits.millis, 0.95), 2);

    yield figure('draw a box among them, p95', percentile(boxes(crowded, random), 0.95), 16);
    yield figure(
      'brush of 100 pixels, p95 of a move',
      percentile(strokes(open([]), random), 0.95),
      16,
    );

    const pixels = discPixels();
    const seed = { x: 2000, y: 1500 };
    const fills = timed(7, () =>
      runPixelTask({ type: 'flood-fill', seed, ...defaultSettings.wand }, pixels, picture),
    );
    yield figure('wand over 4.5 million pixels', median(fills.millis), 150);
  },
};

const figure = (name: string, millis: number, valueAtMost: number): Figure => ({
  figure: name,
  value: millis,
  unit: 'ms',
  better: 'lower',
  target: { valueAtMost },
});

const open = (annotations: readonly ServerAnnotation[]): EditorState => ({
  ...createEditor({
    picture,
    categories,
    annotations,
    canvas,
    sessionId: '3f0e8a52-5f0e-4c3a-9a54-0c9f2f1f7d11',
    settings: { brush: { shape: 'round', sizePixels: 100 } },
  }),
  view: { scale: 1, x: 0, y: 0 },
});

type TimelessEvent = EditorEvent extends infer Each
  ? Each extends EditorEvent
    ? Omit<Each, 'atMillis'>
    : never
  : never;

const after = (state: EditorState, event: TimelessEvent): EditorState =>
  update(state, { ...event, atMillis: 0 } as EditorEvent).state;

const point = (type: 'pointer-down' | 'pointer-move' | 'pointer-up', x: number, y: number) =>
  ({ type, screen: { x, y }, modifiers, isPanning: false }) as TimelessEvent;

/** Whole drags: down, twenty moves, up with its transaction. */
function boxes(start: EditorState, random: Random): number[] {
  let state = after(start, { type: 'command', name: 'tool.box' });
  return timed(200, () => {
    const x = random.uniform() * 3900;
    const y = random.uniform() * 2900;
    state = after(state, point('pointer-down', x, y));
    for (let i = 1; i <= 20; i++) state = after(state, point('pointer-move', x + 4 * i, y + 3 * i));
    state = after(state, point('pointer-up', x + 80, y + 60));
  }).millis;
}

/** One long stroke all over the picture, by 150 pixels a move. */
function strokes(start: EditorState, random: Random): number[] {
  let [x, y] = [2000, 1500];
  let state = after(
    after(start, { type: 'command', name: 'tool.brush' }),
    point('pointer-down', x, y),
  );
  return timed(1000, () => {
    const angle = random.uniform() * 2 * Math.PI;
    x = Math.min(4000, Math.max(0, x + 150 * Math.cos(angle)));
    y = Math.min(3000, Math.max(0, y + 150 * Math.sin(angle)));
    state = after(state, point('pointer-move', x, y));
  }).millis;
}

const annotationOf = (
  polygon: ReturnType<typeof crowdOf>[number],
  index: number,
): ServerAnnotation => ({
  ...polygon,
  id: index + 1,
  categoryId: 1,
  keypoints: null,
  iscrowd: 0,
  caption: null,
  attributes: {},
  score: null,
  origin: 'import',
  state: 'accepted',
  author: 'bench',
  born: 1,
});

/** A light disc on a dark ground, with noise that the wand's threshold lets pass. */
function discPixels() {
  const { width, height } = picture;
  const rgba = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = Math.hypot(x - 2000, y - 1500) < 1200 ? 180 : 80;
      rgba.fill(value + ((x * 7 + y * 13) % 20), 4 * (y * width + x), 4 * (y * width + x) + 4);
    }
  }
  return { left: 0, top: 0, width, height, rgba };
}

function timed<Result>(times: number, work: () => Result): { millis: number[]; last: Result } {
  const millis: number[] = [];
  let last = work();
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    last = work();
    millis.push(performance.now() - started);
  }
  return { millis, last };
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))];

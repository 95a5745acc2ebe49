// What a model says of one picture, read from the outputs of its graph, and as COCO results.

import { type CocoResult, compressedFromRle, type Rle } from '@migaki/coco';
import { fitted, type Size } from '../augment/layout.ts';
import type { HostTensor } from '../loader/host-tensor.ts';
import type { ClassName } from '../samples/training-set.ts';
import { maskStride } from '../tasks/segment/targets.ts';
import type { TaskName } from '../tasks/task-plan.ts';
import { pasteMask } from './paste-mask.ts';

export interface FoundObject {
  readonly classIndex: number;
  /** From 0 to 1. */
  readonly score: number;
  /** Left, top, right, bottom; pixels of the picture. */
  readonly box: readonly [number, number, number, number];
  /** Pixels of the picture. */
  readonly mask?: Rle;
  /** `[x, y, visibility, …]`, pixels of the picture; visibility from 0 to 1. */
  readonly keypoints?: readonly number[];
}

export type PictureAnswer = Saw &
  /** The most likely first. */
  (
    | { readonly kind: 'objects'; readonly objects: readonly FoundObject[] }
    /** By class, from 0 to 1. */
    | { readonly kind: 'classes'; readonly probabilities: Float32Array }
    | { readonly kind: 'value'; readonly value: number }
    /** Of length 1. */
    | { readonly kind: 'embedding'; readonly embedding: Float32Array }
  );

interface Saw {
  /** What it saw in the picture, where that was asked for, too: as the network has it, of any length. */
  readonly saw?: Float32Array;
}

/** Outputs of a model by name. */
export type Outputs = Readonly<Record<string, HostTensor>>;

/** What a reader needs to know: whose row it is to read, and how the picture lay in the input. */
export interface AnswerPlace {
  readonly row: number;
  readonly picture: Size;
  readonly input: Size;
}

const readers: {
  readonly [Name in TaskName]: (outputs: Outputs, place: AnswerPlace) => PictureAnswer;
} = {
  classify: (outputs, { row }) => ({
    kind: 'classes',
    probabilities: rowOf(outputs.probabilities, row) as Float32Array,
  }),
  regress: (outputs, { row }) => ({ kind: 'value', value: Number(rowOf(outputs.value, row)[0]) }),
  embed: (outputs, { row }) => ({
    kind: 'embedding',
    embedding: rowOf(outputs.embedding, row) as Float32Array,
  }),
  detect: readObjects,
  segment: readObjects,
  pose: readObjects,
};

/** The answer to one picture of a batch; with an output `embedding` beside that of the task, what it saw. */
export const readAnswer = (
  task: TaskName,
  outputs: Outputs,
  place: AnswerPlace,
): PictureAnswer => ({
  ...readers[task](outputs, place),
  ...(outputs.embedding && { saw: rowOf(outputs.embedding, place.row) as Float32Array }),
});

type Row = Float32Array | Uint8Array | BigInt64Array;

/** One row along the first axis, as a view. */
function rowOf({ shape, data }: HostTensor, row: number): Row {
  const size = shape.slice(1).reduce((a, b) => a * b, 1);
  return data.slice(row * size, (row + 1) * size);
}

function readObjects(outputs: Outputs, { row, picture, input }: AnswerPlace): PictureAnswer {
  const scores = rowOf(outputs.scores, row) as Float32Array;
  const classes = rowOf(outputs.classes, row);
  const boxes = rowOf(outputs.boxes, row) as Float32Array;
  const keypoints = outputs.keypoints && (rowOf(outputs.keypoints, row) as Float32Array);
  const masks = outputs.masks && (rowOf(outputs.masks, row) as Uint8Array);
  const { size } = fitted(picture, input);
  const objects: FoundObject[] = [];
  for (let k = 0; k < scores.length && scores[k] > 0; k++) {
    const box = [...boxes.subarray(4 * k, 4 * k + 4)] as unknown as FoundObject['box'];
    const perObject = keypoints === undefined ? 0 : keypoints.length / scores.length;
    const [, , height, width] = outputs.masks?.shape ?? [];
    objects.push({
      classIndex: Number(classes[k]),
      score: scores[k],
      box,
      ...(keypoints && { keypoints: [...keypoints.subarray(k * perObject, (k + 1) * perObject)] }),
      ...(masks && {
        mask: pasteMask(
          {
            data: masks.subarray(k * height * width, (k + 1) * height * width),
            width,
            height,
            stepX: (maskStride * picture.width) / size.width,
            stepY: (maskStride * picture.height) / size.height,
          },
          box,
          picture,
        ),
      }),
    });
  }
  return { kind: 'objects', objects };
}

/** Rounded as results files commonly are: hundredths of a pixel, ten-thousandths of a score. */
const hundredths = (value: number): number => Math.round(value * 100) / 100;
const tenThousandths = (value: number): number => Math.round(value * 1e4) / 1e4;

/**
 * COCO results of an answer; every one names its picture by id and by file.
 *
 * A classifier's have a category and a score; a regression's a `value` and an embedding's an `embedding`, with the category 0,
 * because COCO has no field for them.
 */
export function cocoResults(
  answer: PictureAnswer,
  picture: { readonly imageId: number; readonly fileName: string },
  classes: readonly ClassName[],
): CocoResult[] {
  const of = { image_id: picture.imageId, file_name: picture.fileName };
  const categoryId = (index: number) => classes[index]?.categoryId ?? index + 1;
  switch (answer.kind) {
    case 'objects':
      return answer.objects.map(({ classIndex, score, box, mask, keypoints }) => ({
        ...of,
        category_id: categoryId(classIndex),
        bbox: [
          hundredths(box[0]),
          hundredths(box[1]),
          hundredths(box[2] - box[0]),
          hundredths(box[3] - box[1]),
        ],
        score: tenThousandths(score),
        ...(mask && { segmentation: compressedFromRle(mask) }),
        ...(keypoints && { keypoints: keypoints.map(hundredths) }),
      }));
    case 'classes':
      return [...answer.probabilities.entries()]
        .sort(([, a], [, b]) => b - a)
        .map(([index, score]) => ({
          ...of,
          category_id: categoryId(index),
          score: tenThousandths(score),
        }));
    case 'value':
      return [{ ...of, category_id: 0, score: 1, value: answer.value }];
    case 'embedding':
      return [{ ...of, category_id: 0, score: 1, embedding: [...answer.embedding] }];
  }
}

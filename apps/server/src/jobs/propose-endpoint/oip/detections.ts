// What a model's outputs say of a picture. Which output is which is told by its name, as detectors exported from well-known
// tools call theirs, unless somebody says it; boxes then become COCO's, in pixels of the picture.

import { phrase } from '@migaki/coco';
import type { StagedResult, StoreError } from '@migaki/store';
import { readResult } from '../../propose-results/read-results.ts';
import { listed, refusal, type TensorMetadata } from './model-metadata.ts';
import type { Placement } from './picture-tensor.ts';
import type { ReadTensor } from './tensors.ts';

/** What an output may be. */
export const outputRoles = ['boxes', 'scores', 'labels', 'count'] as const;
export type OutputRole = (typeof outputRoles)[number];

/** Corners, or a corner or the centre and a size. */
export const boxFormats = ['xyxy', 'xywh', 'cxcywh', 'yxyx'] as const;
export type BoxFormat = (typeof boxFormats)[number];
/** Pixels are those of what the model saw. */
export const boxUnits = ['pixels', 'fractions'] as const;
export type BoxUnit = (typeof boxUnits)[number];
/** What makes scores of the numbers that come, where they are none yet. */
export const activations = ['none', 'softmax', 'sigmoid'] as const;
export type Activation = (typeof activations)[number];

export type OutputNames = Partial<Record<OutputRole, string>>;

export interface OutputOptions {
  /** Of outputs that are not called as usual. */
  names: OutputNames;
  boxFormat?: BoxFormat;
  boxUnit?: BoxUnit;
  activation?: Activation;
}

/** In small letters; what Triton adds to names of PyTorch's outputs (`boxes__0`) is taken off before. */
const usualNames: Record<OutputRole, readonly string[]> = {
  boxes: ['boxes', 'bboxes', 'dets', 'det_boxes', 'detection_boxes', 'pred_boxes', 'box', 'bbox'],
  scores: [
    ...['scores', 'det_scores', 'detection_scores', 'pred_scores', 'score', 'confidences'],
    ...['confidence', 'probabilities', 'probs', 'logits', 'softmax'],
  ],
  labels: [
    ...['labels', 'classes', 'det_classes', 'detection_classes', 'pred_classes', 'class_ids'],
    ...['category_ids', 'label', 'class'],
  ],
  count: ['num_detections', 'num_dets', 'count'],
};

type Roles<Tensor> = Partial<Record<OutputRole, Tensor>>;

/**
 * Which output is which. A model with boxes finds objects; one without classifies. One output alone may be called as it likes.
 *
 * @throws StoreError `bad-preannotation` for outputs of which that is not clear
 */
export function rolesOf<Tensor extends TensorMetadata>(
  outputs: readonly Tensor[],
  names: OutputNames,
): Roles<Tensor> {
  const called = (name: string) => name.toLowerCase().replace(/__\d+$/, '');
  const roles: Roles<Tensor> = {};
  for (const role of outputRoles) {
    const named = names[role];
    const found =
      named === undefined
        ? outputs.find(({ name }) => usualNames[role].includes(called(name)))
        : outputs.find(({ name }) => name === named);
    if (named !== undefined && found === undefined) {
      throw refusal('outputs', phrase`an output ${named}`, listed(outputs));
    }
    if (found !== undefined) roles[role] = found;
  }
  if (roles.boxes !== undefined || roles.scores !== undefined) return roles;
  if (outputs.length === 1) {
    const sides = sidesOf(outputs[0]);
    if (sides.length === 1) return { scores: outputs[0] };
    // Corners, score and label of each box, as detectors that need no NMS are exported.
    if (sides.length === 2 && sides[1] === 6) return { boxes: outputs[0] };
  }
  throw refusal(
    'outputs',
    phrase`boxes with scores and labels, or scores of classes`,
    listed(outputs),
    phrase`Say which output is which (boxes=…, scores=…, labels=…). Outputs in which boxes still overlap (no NMS), as YOLO’s often are, are exported with it, or a small server before the model speaks COCO.`,
  );
}

/** Without dimensions of 1 in front, which are the batch. */
function sidesOf({ shape }: Pick<TensorMetadata, 'shape'>): readonly number[] {
  const from = shape.findIndex((side, i) => i === shape.length - 1 || (side !== 1 && side !== -1));
  return shape.slice(Math.max(0, from));
}

export interface Found {
  fields: StagedResult['fields'][];
  /** Of labels that came as texts. */
  classNames: Map<number, string>;
}

/**
 * @param outputs of one picture
 * @param where for what is said about the answer
 * @throws StoreError `bad-preannotation` for shapes that do not fit, and scores that are none
 */
export function readDetections(
  outputs: readonly ReadTensor[],
  placement: Placement,
  options: OutputOptions,
  where: string,
): Found {
  const roles = rolesOf(outputs, options.names);
  const found =
    roles.boxes === undefined
      ? classified(roles, options)
      : detected(roles.boxes, roles, placement, options);
  const classNames = new Map<number, string>();
  const idOf = (label: number | string): number => {
    if (typeof label === 'number') return label;
    // Texts have no ids; one that is a number means it.
    if (/^\d+$/.test(label)) return Number(label);
    for (const [id, name] of classNames) if (name === label) return id;
    classNames.set(-1 - classNames.size, label);
    return -classNames.size;
  };
  const fields = found.map(({ label, ...result }, i) => {
    const value = { image_id: 0, category_id: idOf(label), ...result };
    return readResult(value, i, `${where}, ${i}`).fields;
  });
  return { fields, classNames };
}

interface OneFound {
  label: number | string;
  score: number;
  bbox?: number[];
}

function classified(
  { scores, labels }: Roles<ReadTensor>,
  { activation }: OutputOptions,
): OneFound[] {
  const values = numbersOf(scores!);
  const how = activation ?? (/logit/i.test(scores!.name) ? 'softmax' : 'none');
  const all = activated(values, how);
  const found = all.map((score, i) => ({ label: labels?.values[i] ?? i, score }));
  // Where one class excludes the others, the likeliest is the answer.
  if (how === 'sigmoid') return found;
  return found.sort((a, b) => b.score - a.score).slice(0, 1);
}

function detected(
  boxes: ReadTensor,
  { scores, labels, count }: Roles<ReadTensor>,
  placement: Placement,
  options: OutputOptions,
): OneFound[] {
  // TensorFlow's detectors are the ones who call them so, and who count rows first and in fractions.
  const isTensorFlow = /^detection_boxes$/i.test(boxes.name);
  const format = options.boxFormat ?? (isTensorFlow ? 'yxyx' : 'xyxy');
  const unit = options.boxUnit ?? (isTensorFlow ? 'fractions' : 'pixels');
  const numbers = numbersOf(boxes);
  const width = boxes.shape.at(-1) ?? 0;
  // A fifth number is a score where there is no output of scores, a sixth a label.
  if (width < 4 || (scores === undefined && width < 5)) {
    throw mismatch(boxes, phrase`4 numbers for each box, with scores beside them`);
  }
  const rowCount = numbers.length / width;
  const scoresOfRow = scores === undefined ? 1 : numbersOf(scores).length / rowCount;
  if (rowCount > 0 && !(Number.isInteger(scoresOfRow) && scoresOfRow > 0)) {
    throw mismatch(scores!, phrase`scores of ${rowCount} boxes`);
  }
  if (labels !== undefined && labels.values.length !== rowCount) {
    throw mismatch(labels, phrase`labels of ${rowCount} boxes`);
  }
  const usedCount = Math.min(rowCount, count === undefined ? rowCount : Number(count.values[0]));
  const toPicture = pictureBox(placement, format, unit);
  const found: OneFound[] = [];
  for (let row = 0; row < usedCount; row++) {
    const numbersOfRow = numbers.slice(row * width, (row + 1) * width);
    const own =
      scores === undefined
        ? [numbersOfRow[4]]
        : numbersOf(scores).slice(row * scoresOfRow, (row + 1) * scoresOfRow);
    const likely = activated(own, options.activation ?? 'none');
    const best = likely.indexOf(Math.max(...likely));
    const label = labels?.values[row] ?? (width >= 6 ? numbersOfRow[5] : best);
    const bbox = toPicture(numbersOfRow);
    const isFiller = label === -1 || (likely[best] === 0 && bbox[2] * bbox[3] === 0);
    if (!isFiller) found.push({ label, score: likely[best], bbox });
  }
  return found;
}

/** A corner and a size of what the model saw. */
const cornerAndSize: Record<BoxFormat, (a: number, b: number, c: number, d: number) => number[]> = {
  xyxy: (left, top, right, bottom) => [left, top, right - left, bottom - top],
  yxyx: (top, left, bottom, right) => [left, top, right - left, bottom - top],
  xywh: (left, top, width, height) => [left, top, width, height],
  cxcywh: (x, y, width, height) => [x - width / 2, y - height / 2, width, height],
};

/** A hundredth of a pixel is as much as a box can mean. */
const rounded = (value: number): number => Math.round(value * 100) / 100;

const pictureBox =
  (
    { scaleX, scaleY, offsetX, offsetY, width, height }: Placement,
    format: BoxFormat,
    unit: BoxUnit,
  ) =>
  ([a, b, c, d]: readonly number[]): number[] => {
    const [x, y, boxWidth, boxHeight] = cornerAndSize[format](a, b, c, d);
    const [unitX, unitY] = unit === 'fractions' ? [width, height] : [1, 1];
    return [
      (x * unitX - offsetX) / scaleX,
      (y * unitY - offsetY) / scaleY,
      (boxWidth * unitX) / scaleX,
      (boxHeight * unitY) / scaleY,
    ].map(rounded);
  };

function activated(values: readonly number[], how: Activation): number[] {
  if (how === 'none') return [...values];
  if (how === 'sigmoid') return values.map((value) => 1 / (1 + Math.exp(-value)));
  const greatest = Math.max(...values);
  const raised = values.map((value) => Math.exp(value - greatest));
  const sum = raised.reduce((total, value) => total + value, 0);
  return raised.map((value) => value / sum);
}

function numbersOf(tensor: ReadTensor): readonly number[] {
  if (tensor.datatype !== 'BYTES') return tensor.values as readonly number[];
  throw mismatch(tensor, phrase`numbers`);
}

const mismatch = (tensor: ReadTensor, expected: ReturnType<typeof phrase>): StoreError =>
  refusal(tensor.name, expected, listed([tensor]));

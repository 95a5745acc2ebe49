// What a model's server says of a model (Open Inference Protocol, `GET v2/models/{name}`), and how a picture is shown to it.
// Layouts are told by their shapes: channels are 3 or 1, first (CHW) or last (HWC), with or without a dimension for the batch.

import { phrase, type Words } from '@migaki/coco';
import { StoreError } from '@migaki/store';

export interface TensorMetadata {
  readonly name: string;
  readonly datatype: string;
  /** −1 for a dimension of any size. */
  readonly shape: readonly number[];
}

export interface ModelMetadata {
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
}

/** The file as it is, as the one element of a tensor of bytes. */
export interface EncodedInput {
  readonly kind: 'encoded';
  readonly name: string;
  readonly shape: readonly number[];
}

export interface RasterInput {
  readonly kind: 'raster';
  readonly name: string;
  readonly datatype: 'UINT8' | 'FP32';
  readonly isChannelsFirst: boolean;
  readonly channelCount: 1 | 3;
  /** Pixels; null for any size. */
  readonly width: number | null;
  readonly height: number | null;
  readonly isBatched: boolean;
}

export type PictureInput = EncodedInput | RasterInput;

/** @throws StoreError `bad-preannotation` naming the field */
export function readModelMetadata(value: unknown): ModelMetadata {
  const { inputs, outputs } = (value ?? {}) as Record<string, unknown>;
  return {
    inputs: tensorsOf(inputs, 'inputs'),
    // Some servers leave them out.
    outputs: tensorsOf(outputs ?? [], 'outputs'),
  };
}

function tensorsOf(value: unknown, where: string): TensorMetadata[] {
  if (!Array.isArray(value)) throw refusal(where, phrase`a list of tensors`, shown(value));
  return value.map((tensor, i) => {
    const { name, datatype, shape } = (tensor ?? {}) as Record<string, unknown>;
    if (typeof name !== 'string' || typeof datatype !== 'string') {
      throw refusal(`${where}[${i}]`, phrase`a tensor with a name and a datatype`, shown(tensor));
    }
    if (!Array.isArray(shape) || !shape.every((side) => Number.isSafeInteger(Number(side)))) {
      throw refusal(`${where}[${i}].shape`, phrase`a list of whole numbers`, shown(shape));
    }
    // Servers that keep 64-bit numbers exact write them as texts.
    return { name, datatype: datatype.replace(/^TYPE_/, ''), shape: shape.map(Number) };
  });
}

/**
 * @param name of the input, where the metadata has more than one or none
 * @throws StoreError `bad-preannotation` for a model that takes no picture
 */
export function pictureInput({ inputs }: ModelMetadata, name: string | undefined): PictureInput {
  if (inputs.length === 0 && name !== undefined) return { kind: 'encoded', name, shape: [1] };
  const input =
    name === undefined && inputs.length === 1
      ? inputs[0]
      : inputs.find((each) => each.name === name);
  if (input === undefined) {
    throw refusal(
      'inputs',
      name === undefined ? phrase`one input, for a picture` : phrase`an input ${name}`,
      listed(inputs),
      inputs.length > 1
        ? phrase`A model that wants more than a picture cannot be asked; a small server before it that speaks COCO can do that.`
        : phrase`Say what its input is called (input=…).`,
    );
  }
  if (inputs.length > 1) {
    throw refusal(
      'inputs',
      phrase`one input, for a picture`,
      listed(inputs),
      phrase`A model that wants more than a picture cannot be asked; a small server before it that speaks COCO can do that.`,
    );
  }
  return input.datatype === 'BYTES' ? encodedInput(input) : rasterInput(input);
}

function encodedInput(input: TensorMetadata): EncodedInput {
  const shape = input.shape.map((side) => (side === -1 ? 1 : side));
  if (shape.every((side) => side === 1)) return { kind: 'encoded', name: input.name, shape };
  throw refusal(
    'inputs',
    phrase`a tensor of one element for the file of a picture`,
    listed([input]),
  );
}

function rasterInput(input: TensorMetadata): RasterInput {
  const { name, datatype, shape } = input;
  const isBatched = shape.length === 4;
  const sides = isBatched ? shape.slice(1) : shape;
  const isChannels = (side: number): side is 1 | 3 => side === 3 || side === 1;
  const isKnown = datatype === 'UINT8' || datatype === 'FP32';
  const fitsBatch = !isBatched || shape[0] === -1 || shape[0] === 1;
  if (isKnown && fitsBatch && sides.length === 3) {
    const [first, second, third] = sides;
    const sizeOf = (side: number) => (side === -1 ? null : side);
    const common = { kind: 'raster', name, datatype, isBatched } as const;
    if (isChannels(third)) {
      return {
        ...common,
        isChannelsFirst: false,
        channelCount: third,
        height: sizeOf(first),
        width: sizeOf(second),
      };
    }
    if (isChannels(first)) {
      return {
        ...common,
        isChannelsFirst: true,
        channelCount: first,
        height: sizeOf(second),
        width: sizeOf(third),
      };
    }
  }
  throw refusal(
    'inputs',
    phrase`a picture: BYTES [1], or UINT8 or FP32 of [height, width, 3] or [3, height, width], alone or as a batch of one`,
    listed([input]),
  );
}

/** @example listed([{ name: 'images', datatype: 'FP32', shape: [1, 3, 640, 640] }]) // 'images FP32 [1, 3, 640, 640]' */
export const listed = (tensors: readonly TensorMetadata[]): Words =>
  tensors.length === 0
    ? phrase`none`
    : tensors
        .map(({ name, datatype, shape }) => `${name} ${datatype} [${shape.join(', ')}]`)
        .join(', ');

const longestShown = 80;

export const shown = (value: unknown): Words =>
  value === undefined ? phrase`nothing` : JSON.stringify(value).slice(0, longestShown);

export const refusal = (
  where: Words,
  expected: ReturnType<typeof phrase>,
  found: Words,
  advice?: ReturnType<typeof phrase>,
) => new StoreError('bad-preannotation', { where, expected, found, advice });

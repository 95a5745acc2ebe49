// How pictures are varied while a network learns from them.

import type { ColourJitter } from './colour.ts';

/** What may be turned over without becoming wrong: nothing, left and right, or also up and down. */
export const flips = ['none', 'horizontal', 'both'] as const;
export type Flip = (typeof flips)[number];

export interface Recipe {
  /** Least and greatest size, beside that of the whole picture fitted into the input. */
  readonly scale: readonly [least: number, greatest: number];
  /** How much wider or narrower than the picture it may be: 0.2 is between 1 / 1.2 and 1.2 times. */
  readonly stretch: number;
  /** How far the picture may move, as a share of what is free or cut off: 1 is anywhere. */
  readonly shift: number;
  /** Either way, degrees. */
  readonly rotate: number;
  readonly flip: Flip;
  /** Whether a quarter turn is as good as none. */
  readonly quarterTurns: boolean;
  readonly colour: ColourJitter;
  /** How often a picture is blurred a little. */
  readonly blur: number;
  /** How often a picture becomes grey. */
  readonly grey: number;
  /** How often four pictures share an input. */
  readonly mosaic: number;
  /** How often two pictures, with their labels, are mixed: laid over one another, or one put into the other. */
  readonly mix: number;
  /** Whether one more change is drawn from all, at any strength (TrivialAugment, Müller and Hutter 2021). */
  readonly trivial: boolean;
}

/** For pictures as they are. */
export const plain: Recipe = {
  scale: [1, 1],
  stretch: 0,
  shift: 0,
  rotate: 0,
  flip: 'none',
  quarterTurns: false,
  colour: { brightness: 0, contrast: 0, saturation: 0, hue: 0 },
  blur: 0,
  grey: 0,
  mosaic: 0,
  mix: 0,
  trivial: false,
};

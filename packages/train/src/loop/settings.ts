// What a person may say of a run. Everything but the task has a default that fits the data and the machine.

import { type Phrase, phrase } from '@migaki/coco';
import { type Flip, flips } from '../augment/recipe.ts';
import { type Normalisation, normalisations } from '../networks/normalisations.ts';
import { type NetworkSize, networkSizes } from '../networks/residual.ts';
import { type TaskName, taskNames } from '../tasks/task-plan.ts';
import { TrainError } from '../train-error.ts';

export interface TrainSettings {
  readonly task: TaskName;
  readonly size?: NetworkSize;
  /** How long the run may take, all included. One of `minutes` and `epochs`; 10 minutes where neither is given. */
  readonly minutes?: number;
  readonly epochs?: number;
  readonly seed?: number;
  /** How many of the pictures validate, where no others were given for that; from 0 to 0.9. */
  readonly split?: number;
  /** Pictures of one step. */
  readonly batch?: number;
  /** The greatest learning rate. */
  readonly learningRate?: number;
  readonly weightDecay?: number;
  /** The longer side of what the network sees, pixels. */
  readonly inputSide?: number;
  readonly flip?: Flip;
  /** How far pictures may be turned, either way, degrees. */
  readonly rotate?: number;
  /** Whether a quarter turn is as good as none. */
  readonly quarterTurns?: boolean;
  /** How often four pictures share an input. */
  readonly mosaic?: number;
  /** How often two pictures are mixed, with their labels. */
  readonly mix?: number;
  /** Whether one more change is drawn from all (TrivialAugment). */
  readonly trivial?: boolean;
  /** Whether rare classes come more often. */
  readonly balance?: boolean;
  /** Stops after this many validations in a row that were no better; 0 never does. */
  readonly patience?: number;
  /** Whether a picture may have several classes; found in the data where left out. */
  readonly multiLabel?: boolean;
  /** The field of images that a regression learns, such as `metadata.score`. */
  readonly valueField?: string;
  /** How the pictures of the file to begin from are to be normalised; `imagenet` where left out. */
  readonly normalisation?: Normalisation;
  /** How many stages of the file to begin from stay as they are: all where left out. */
  readonly freeze?: number;
  /** Threads of a step, and processes that read pictures. */
  readonly threads?: number;
  readonly loaders?: number;
}

type Check = (value: unknown) => Phrase | null;

const number =
  (least: number, greatest: number, isWhole = false): Check =>
  (value) =>
    typeof value === 'number' &&
    value >= least &&
    value <= greatest &&
    (!isWhole || Number.isInteger(value))
      ? null
      : isWhole
        ? phrase`a whole number from ${String(least)} to ${String(greatest)}`
        : phrase`a number from ${String(least)} to ${String(greatest)}`;
const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string) ? null : phrase`one of ${values.join(', ')}`;
const truth: Check = (value) => (typeof value === 'boolean' ? null : phrase`true or false`);
const text: Check = (value) => (typeof value === 'string' && value !== '' ? null : phrase`a text`);

const checks: { readonly [Name in keyof Required<TrainSettings>]: Check } = {
  task: oneOf(taskNames),
  size: oneOf(networkSizes),
  minutes: number(0.1, 100_000),
  epochs: number(1, 100_000, true),
  seed: number(0, 2 ** 31, true),
  split: number(0, 0.9),
  batch: number(1, 1024, true),
  learningRate: number(1e-8, 10),
  weightDecay: number(0, 1),
  inputSide: number(32, 2048, true),
  flip: oneOf(flips),
  rotate: number(0, 180),
  quarterTurns: truth,
  mosaic: number(0, 1),
  mix: number(0, 1),
  trivial: truth,
  balance: truth,
  patience: number(0, 100_000, true),
  multiLabel: truth,
  valueField: text,
  normalisation: oneOf(Object.keys(normalisations)),
  freeze: number(0, 100, true),
  threads: number(1, 256, true),
  loaders: number(1, 64, true),
};

/** What says how a network to begin from is used. */
const ofInit = ['freeze', 'normalisation'] as const;

/**
 * @param hasInit whether the run begins from a network that it is given
 * @throws TrainError `bad-setting` for the first that is out of its range, or does not fit the others
 */
export function checkSettings(settings: TrainSettings, hasInit: boolean): void {
  for (const [name, check] of Object.entries(checks)) {
    const value = (settings as unknown as Record<string, unknown>)[name];
    if (value === undefined && name !== 'task') continue;
    const expected = check(value);
    if (expected === null) continue;
    throw new TrainError('bad-setting', { where: name, expected, found: JSON.stringify(value) });
  }
  if (settings.minutes !== undefined && settings.epochs !== undefined) {
    throw new TrainError('bad-setting', {
      where: 'minutes, epochs',
      expected: phrase`one of the two`,
      found: phrase`both`,
    });
  }
  for (const name of ofInit) {
    if (hasInit || settings[name] === undefined) continue;
    throw new TrainError('bad-setting', {
      where: name,
      expected: phrase`a network to begin from`,
      found: phrase`none`,
      advice: phrase`Name one, or leave this setting out.`,
    });
  }
  if (hasInit && settings.size !== undefined) {
    throw new TrainError('bad-setting', {
      where: 'size',
      expected: phrase`none beside a network to begin from, which has a size of its own`,
      found: settings.size,
      advice: phrase`Leave the size out, or begin from nothing.`,
    });
  }
}

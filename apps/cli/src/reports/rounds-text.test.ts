import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Savings } from '@migaki/api';
import { noCorrections } from '@migaki/coco';
import { plainTerminal } from '../terminal/terminal.ts';
import { roundsText } from './rounds-text.ts';

const nothingTimed = {
  pictureCount: 0,
  objectCount: 0,
  millis: 0,
  medianMillisPerPicture: null,
  millisPerObject: null,
};
const nothing: Savings = {
  labels: { accepted: 0, corrected: 0, drawn: 0, imported: 0 },
  work: {
    pictureCount: 0,
    corrections: noCorrections,
    actions: 0,
    actionsFromScratch: 0,
    acceptedAtOnce: 0,
  },
  time: {
    recordedMillis: 0,
    assisted: nothingTimed,
    byHand: nothingTimed,
    leastCount: 8,
    saved: null,
  },
  controls: { count: 0, finishedCount: 0, corrections: noCorrections },
  mistakes: { count: 0, openCount: 0, judgedCount: 0, slippedCount: 0, rate: null, byKind: [] },
};
const textOf = (changes: Partial<Savings>) =>
  roundsText([], { ...nothing, ...changes }, plainTerminal);

test('what was not measured is said to be so, with the way to measure it', () => {
  const text = textOf({});
  assert.match(text, /No time was recorded/);
  assert.match(text, /--controls 10%/);
  assert.match(text, /--mistakes 10%/);
  assert.match(text, /No model was made of it yet/);
});

test('too few pictures are told with how many there have to be', () => {
  const byHand = { ...nothingTimed, pictureCount: 3 };
  const text = textOf({ time: { ...nothing.time, byHand } });
  assert.match(
    text,
    /Too few to tell.*0 pictures with them and 3 without, and it takes 8 of each/s,
  );
});

test('shares stand with their intervals', () => {
  const timed = { ...nothingTimed, pictureCount: 9, millisPerObject: 1_600 };
  const text = textOf({
    time: {
      ...nothing.time,
      recordedMillis: 90_000,
      assisted: timed,
      byHand: { ...timed, millisPerObject: 4_500 },
      saved: { share: 0.644, low: 0.58, high: 0.71 },
    },
    mistakes: {
      count: 20,
      openCount: 0,
      judgedCount: 20,
      slippedCount: 3,
      rate: { share: 0.15, low: 0.05, high: 0.36 },
      byKind: [{ kind: 'swapped', judgedCount: 20, slippedCount: 3 }],
    },
  });
  assert.match(
    text,
    /64 % saved \(95 %: 58 % to 71 %\): 1\.6 s an object with proposals, 4\.5 s without/,
  );
  assert.match(text, /3 of 20 slipped through: 15 % \(95 %: 5 % to 36 %\)/);
  assert.match(text, /of another category: 3 of 20/);
});

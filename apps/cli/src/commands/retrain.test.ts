import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roundText } from './retrain.ts';

const round = {
  winner: 'cells@1',
  loser: 'cells@2',
  hasMoved: false,
  isFirst: false,
  scores: { metric: 'AP50', own: 0.9, former: 1, pictures: 40 },
  evaluationId: 2,
  formerEvaluationId: 1,
  measuredAgainst: { labelCount: 40, accepted: [] },
};

test('an alias that nothing had before does not stay, and a full score is none of a count', () => {
  assert.match(roundText(round, 'champion'), /not better; champion stays\./);
  const first = roundText({ ...round, isFirst: true }, 'champion');
  assert.match(first, /nothing was champion before, cells@1 is now\./);
  assert.match(first, /cells@1 {2}AP50 1\.0000 {2}champion\n {2}cells@2 {2}AP50 0\.9000\n/);
});

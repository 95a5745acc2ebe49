import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartGroups, familyOf } from './chart-groups.ts';

test('parts, sides and thresholds of one thing share a chart', () => {
  for (const [name, family] of [
    ['loss/box', 'loss'],
    ['val/loss', 'loss'],
    ['train_loss', 'loss'],
    ['AP50', 'AP'],
    ['mask_AP75', 'mask_AP'],
    ['TAR@FAR=0.01', 'TAR@FAR'],
    ['macro_f1', 'macro_f'],
    ['42', '42'],
  ]) {
    assert.equal(familyOf(name), family);
  }
});

test('losses come first, then what says how good it is, what is technical last', () => {
  const names = ['learning_rate', 'AP75', 'keypoint_AP', 'loss/box', 'AP', 'loss', 'AP50'];
  assert.deepEqual(
    chartGroups(names, 'AP').map(({ names: together }) => together.join(' ')),
    ['loss loss/box', 'AP AP50 AP75', 'keypoint_AP', 'learning_rate'],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAgo, formatBytes, formatCompact, formatDuration } from './format.ts';

test('sizes are told in the unit that fits', () => {
  assert.equal(formatBytes(0, 'en'), '0 byte');
  assert.equal(formatBytes(999, 'en'), '999 byte');
  assert.equal(formatBytes(1500, 'en'), '1.5 kB');
  assert.equal(formatBytes(34_000_000, 'en'), '34 MB');
});

test('durations have at most two parts', () => {
  assert.equal(formatDuration(0, 'en'), '0 sec');
  assert.equal(formatDuration(0.38, 'en'), '0.4 sec');
  assert.equal(formatDuration(0.001, 'en'), '0.1 sec');
  assert.equal(formatDuration(0.98, 'en'), '1 sec');
  assert.equal(formatDuration(95, 'en'), '1 min 35 sec');
  assert.equal(formatDuration(7200, 'en'), '2 hr');
  assert.equal(formatDuration(3661, 'en'), '1 hr 1 min');
});

test('times past are told from now', () => {
  const now = new Date('2026-05-05T12:00:00Z');
  assert.equal(formatAgo(new Date('2026-05-05T11:55:00Z'), now, 'en'), '5 minutes ago');
  assert.equal(formatAgo(new Date('2026-05-05T11:59:58Z'), now, 'en'), 'now');
  assert.equal(formatAgo(new Date('2026-05-04T12:00:00Z'), now, 'ja'), '昨日');
});

test('large counts become short, small ones stay exact', () => {
  assert.equal(formatCompact(9999, 'en'), '9,999');
  assert.equal(formatCompact(1_234_567, 'en'), '1.2M');
});

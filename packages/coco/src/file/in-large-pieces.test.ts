import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLargePieces } from './in-large-pieces.ts';

test('many small pieces become a few large ones of the same text', async () => {
  const lines = Array.from({ length: 50_000 }, (_, index) => `${index}\n`);
  const pieces = await Array.fromAsync(inLargePieces(lines));
  assert.equal(pieces.join(''), lines.join(''));
  assert.ok(pieces.length > 1 && pieces.length < 10, `${pieces.length} pieces`);
});

test('no text is no piece, and what is whole stays whole', async () => {
  assert.deepEqual(await Array.fromAsync(inLargePieces([])), []);
  assert.deepEqual(await Array.fromAsync(inLargePieces('whole')), ['whole']);
});

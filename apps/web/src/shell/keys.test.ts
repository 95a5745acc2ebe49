import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capsOf, type KeyPress, matchesKey } from './keys.ts';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

test('Ctrl and the Mac’s command key are the same modifier', () => {
  assert.equal(matchesKey(press('k', { ctrlKey: true }), 'mod+k'), true);
  assert.equal(matchesKey(press('k', { metaKey: true }), 'mod+k'), true);
  assert.equal(matchesKey(press('k'), 'mod+k'), false);
  assert.equal(matchesKey(press('k', { ctrlKey: true }), 'k'), false);
});

test('Shift tells two chords of a letter apart', () => {
  assert.equal(matchesKey(press('Z', { ctrlKey: true, shiftKey: true }), 'mod+shift+z'), true);
  assert.equal(matchesKey(press('Z', { ctrlKey: true, shiftKey: true }), 'mod+z'), false);
  assert.equal(matchesKey(press('ArrowLeft', { shiftKey: true }), 'ArrowLeft'), false);
});

test('a sign matches whichever modifier the keyboard needs for it', () => {
  assert.equal(matchesKey(press('?', { shiftKey: true }), '?'), true);
  assert.equal(matchesKey(press('?'), '?'), true);
});

test('caps are named as on a keyboard', () => {
  assert.deepEqual(capsOf('mod+shift+z'), ['Ctrl', 'Shift', 'Z']);
  assert.deepEqual(capsOf('ArrowLeft'), ['←']);
  assert.deepEqual(capsOf('+'), ['+']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellingFolders } from './shown-folders.ts';

const telling = (...paths: string[]) => Object.fromEntries(tellingFolders(paths));

test('a name that no other file has needs no folder', () => {
  assert.deepEqual(telling('a/1.jpg', 'a/2.jpg', 'b/3.jpg', 'a/1.jpg'), {});
});

test('the nearest folder that tells files of one name apart is shown', () => {
  assert.deepEqual(telling('day/a/1.jpg', 'day/b/1.jpg', 'day/b/2.jpg'), {
    'day/a/1.jpg': 'a',
    'day/b/1.jpg': 'b',
  });
});

test('names that differ in nothing but their case are told apart, too', () => {
  assert.deepEqual(telling('a/x.jpg', 'b/X.JPG'), { 'a/x.jpg': 'a', 'b/X.JPG': 'b' });
});

test('where the nearest folders are called alike, one farther away is shown', () => {
  assert.deepEqual(telling('train/cam/1.jpg', 'val/cam/1.jpg'), {
    'train/cam/1.jpg': 'train/…',
    'val/cam/1.jpg': 'val/…',
  });
});

test('where no folder alone tells them apart, two together may', () => {
  assert.deepEqual(telling('a/x/1.jpg', 'a/y/1.jpg', 'b/x/1.jpg', 'b/y/1.jpg'), {
    'a/x/1.jpg': 'a/x',
    'a/y/1.jpg': 'a/y',
    'b/x/1.jpg': 'b/x',
    'b/y/1.jpg': 'b/y',
  });
});

test('what lies in no folder, or in the folder of another one, says where it lies', () => {
  assert.deepEqual(telling('1.jpg', 'a/1.jpg', 'b/a/1.jpg'), {
    '1.jpg': '.',
    'a/1.jpg': 'a',
    'b/a/1.jpg': 'b/…',
  });
});

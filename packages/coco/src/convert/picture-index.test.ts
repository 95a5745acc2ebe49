import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryTree } from './memory-tree.ts';
import { PictureIndex } from './picture-index.ts';

const paths = ['images/a.jpg', 'images/b.png', 'other/b.png', 'labels/c.txt', 'c.jpeg'];
const tree = memoryTree(
  new Map(paths.map((path) => [path, ''])),
  new Map([
    ['images/a.jpg', { width: 4, height: 3 }],
    ['c.jpeg', { width: 4, height: 0 }],
  ]),
);

test('a picture is found by path, by folder and, where that is enough, by name', () => {
  const pictures = new PictureIndex(tree);
  assert.equal(pictures.find('images/a.jpg'), 'images/a.jpg');
  assert.equal(pictures.find('../images/a.jpg', 'labels'), 'images/a.jpg');
  assert.equal(pictures.find('b.png', 'other'), 'other/b.png');
  assert.equal(pictures.find('/home/me/a.jpg'), 'images/a.jpg');
  assert.equal(pictures.find('D:\\data\\a.jpg'), 'images/a.jpg');
  assert.equal(pictures.find('a'), 'images/a.jpg');
  // Two pictures have this name, and none of them is meant more than the other.
  assert.equal(pictures.find('b.png'), undefined);
  assert.equal(pictures.find('labels/c.txt'), undefined);
  assert.equal(pictures.find('../../etc/passwd'), undefined);
  assert.equal(pictures.withStem('images/a'), 'images/a.jpg');
  assert.equal(pictures.withStem('images'), undefined);
});

test('a declared size is believed, a missing one is measured', async () => {
  const pictures = new PictureIndex(tree);
  const path = 'images/a.jpg';
  assert.deepEqual(await pictures.size('x', { width: 9, height: 8 }, path), {
    width: 9,
    height: 8,
  });
  for (const width of [0, -1, 1.5, Number.NaN, '640', null, undefined, 2e6]) {
    assert.deepEqual(await pictures.size('x', { width, height: 8 }, path), { width: 4, height: 3 });
  }
  await assert.rejects(
    pictures.size('a.xml', {}, undefined),
    /^CocoError: a\.xml: expected the picture's size/,
  );
  await assert.rejects(
    pictures.size('x', {}, 'images/b.png'),
    /images\/b\.png: expected a picture, found/,
  );
  await assert.rejects(
    pictures.size('x', {}, 'c.jpeg'),
    /c\.jpeg: expected a picture with pixels, found 4 × 0/,
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNaming } from './naming.ts';

const there = (...fileNames: string[]) =>
  fileNames.map((fileName) => ({ fileName, isMissing: false }));
const missing = (...fileNames: string[]) =>
  fileNames.map((fileName) => ({ fileName, isMissing: true }));

test('a picture in a folder is the one that the labels name without it', () => {
  const naming = createNaming([], ['images/1.jpg', 'images/2.jpg']);
  assert.equal(naming.ofLabel('1.jpg', 'labels.json'), '1.jpg');
  assert.equal(naming.ofPicture('images/1.jpg'), '1.jpg');
});

test('pictures that no label names are called as those beside them, unless that may be another', () => {
  const paths = [
    'images/1.jpg',
    'images/2.jpg',
    'images/a/3.jpg',
    'images/4.jpg',
    '4.jpg',
    'b/5.jpg',
  ];
  const naming = createNaming([], paths);
  naming.ofLabel('1.jpg', 'labels.json');
  assert.deepEqual(
    paths.map((path) => naming.ofPicture(path)),
    ['1.jpg', '2.jpg', 'a/3.jpg', 'images/4.jpg', '4.jpg', 'b/5.jpg'],
  );
  const again = createNaming(there('1.jpg', '2.jpg'), paths);
  again.ofLabel('1.jpg', 'labels.json');
  assert.equal(again.ofPicture('images/2.jpg'), '2.jpg');

  const folders = createNaming([], ['train/1.jpg', 'val/2.jpg', 'val/3.jpg']);
  folders.ofLabel('1.jpg', 'labels.json');
  folders.ofLabel('2.jpg', 'labels.json');
  assert.equal(folders.ofPicture('val/3.jpg'), 'val/3.jpg');

  const unclear = createNaming([], ['images/1.jpg', 'images/2.jpg', 'other/2.jpg']);
  unclear.ofLabel('1.jpg', 'labels.json');
  unclear.ofLabel('2.jpg', 'labels.json');
  assert.equal(unclear.ofPicture('images/2.jpg'), 'images/2.jpg');
});

test('a picture that labels name twice, with its folder and without, is one image', () => {
  const naming = createNaming([], ['images/1.jpg']);
  assert.equal(naming.ofLabel('1.jpg', 'labels'), '1.jpg');
  assert.equal(naming.ofLabel('images/1.jpg', 'labels'), '1.jpg');
  assert.equal(naming.ofPicture('images/1.jpg'), '1.jpg');
});

test('labels may give the path of another machine, and names decomposed', () => {
  const naming = createNaming([], ['images/が.jpg'.normalize('NFD'), 'b/2.jpg']);
  const name = '/home/aiko/data/images/が.jpg'.normalize('NFC');
  assert.equal(naming.ofLabel(name, 'labels.json'), name);
  assert.equal(naming.ofPicture('images/が.jpg'.normalize('NFD')), name);
});

test('pictures of one name in different folders stay different', () => {
  const naming = createNaming([], ['train/1.jpg', 'val/1.jpg']);
  assert.equal(naming.ofLabel('1.jpg', 'val/_annotations.coco.json'), 'val/1.jpg');
  assert.equal(naming.ofLabel('1.jpg', 'annotations/instances_train.json'), 'train/1.jpg');
  assert.equal(naming.ofPicture('train/1.jpg'), 'train/1.jpg');
  assert.equal(naming.ofPicture('val/1.jpg'), 'val/1.jpg');
  assert.equal(naming.ofLabel('test/1.jpg', 'labels.json'), 'test/1.jpg');
});

test('labels that come after the pictures, and pictures that come after the labels, meet', () => {
  const later = createNaming(there('images/1.jpg'), []);
  assert.equal(later.ofLabel('1.jpg', 'labels.json'), 'images/1.jpg');
  const first = createNaming(missing('1.jpg'), ['photos/1.jpg']);
  assert.equal(first.ofPicture('photos/1.jpg'), '1.jpg');
});

test('a picture that is there is not taken for another of its name', () => {
  const naming = createNaming(there('1.jpg'), ['photos/1.jpg']);
  assert.equal(naming.ofPicture('photos/1.jpg'), 'photos/1.jpg');
  const two = createNaming(missing('a/1.jpg', 'b/1.jpg'), ['1.jpg']);
  assert.equal(two.ofPicture('1.jpg'), '1.jpg');
});

test('importing the same again finds the names that the first time chose', () => {
  const paths = ['train/1.jpg', 'val/1.jpg', 'images/2.jpg'];
  const first = createNaming([], paths);
  const names = [first.ofLabel('1.jpg', 'train/l.json'), first.ofLabel('2.jpg', 'l.json')];
  const again = createNaming(there(...names), paths);
  assert.deepEqual(
    [again.ofLabel('1.jpg', 'train/l.json'), again.ofLabel('2.jpg', 'l.json')],
    names,
  );
});

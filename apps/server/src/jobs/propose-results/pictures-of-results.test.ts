import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picturesOfResults } from './pictures-of-results.ts';

const images = ['day/1.jpg', 'night/1.jpg', '000042.png', 'two.jpg'].map((fileName, i) => ({
  imageId: i,
  fileName,
}));
const noNames = { pictureNames: null, listsPictures: false };
const found = (pictures: (number | string)[], names: Parameters<typeof picturesOfResults>[1]) => {
  const counts = new Map(pictures.map((picture) => [JSON.stringify(picture), 1]));
  const { keys, unknown } = picturesOfResults(counts, names, images);
  return [[...keys.keys()], unknown.map(({ key }) => JSON.parse(key))];
};

test('numbers are ids of the dataset where no file says what they are', () => {
  assert.deepEqual(found([0, 3, 9], noNames), [[0, 3], [9]]);
});

test('texts are file names, with the folders of anybody, and without an extension', () => {
  const names = ['day/1.jpg', '/home/ai/two.jpg', '000042', '3', 'else.jpg'];
  assert.deepEqual(found(names, noNames), [[0, 3, 2], ['else.jpg']]);
});

test('a name that two pictures could have is none', () => {
  assert.deepEqual(found(['1.jpg', '1', 'two'], noNames), [[1, 3], ['1.jpg']]);
});

test('numbers mean what the label file says, whatever the ids of the dataset are', () => {
  const pictureNames = new Map([
    [3, 'day/1.jpg'],
    [5, 'gone.jpg'],
  ]);
  const names = { pictureNames, listsPictures: true };
  assert.deepEqual(found([3, 0, 5], names), [[0], [0, 5]]);
  const { listed } = picturesOfResults(new Map([['3', 1]]), names, images);
  assert.deepEqual([...listed!], [0]);
});

test('where no picture is known there is an error that names one', () => {
  assert.throws(() => found([7, 8], noNames), /ids or file names.*2 others, such as 7.*--labels/s);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenFile, freeName, summarize, withoutLeftovers } from './chosen-files.ts';

const at = (path: string, bytes = 10) =>
  chosenFile(Object.assign(new File([new Uint8Array(bytes)], path.split('/').at(-1)!), { path }));

test('paths of drop zones and folder inputs lose their leading dots and slashes', () => {
  assert.equal(at('./cells/a.jpg').path, 'cells/a.jpg');
  assert.equal(at('/cells/a.jpg').path, 'cells/a.jpg');
  assert.equal(at('cells\\b\\a.jpg').path, 'cells/b/a.jpg');
  assert.equal(at('a.jpg').path, 'a.jpg');
});

test('what systems leave in folders is not sent', () => {
  const files = ['cells/a.jpg', 'cells/.DS_Store', '__MACOSX/a.jpg', 'cells/._a.jpg', 'Thumbs.db'];
  assert.deepEqual(
    withoutLeftovers(files.map((path) => at(path))).map(({ path }) => path),
    ['cells/a.jpg'],
  );
});

test('files are counted by kind', () => {
  const { kinds, count, bytes } = summarize([
    at('cells/a.jpg'),
    at('cells/b.PNG'),
    at('cells/labels.json', 5),
    at('cells/readme'),
  ]);
  assert.deepEqual([count, bytes], [4, 35]);
  assert.deepEqual(
    new Map(kinds),
    new Map([
      ['pictures', 2],
      ['labels', 1],
      ['others', 1],
    ]),
  );
});

test('a dataset is named after the common folder, else after the archive or the only file', () => {
  assert.equal(summarize([at('cells/a.jpg'), at('cells/x/b.jpg')]).name, 'cells');
  assert.equal(summarize([at('細胞.zip')]).name, '細胞');
  assert.equal(summarize([at('a.jpg'), at('day/b.jpg')]).name, '');
});

test('a name that is suggested is free', () => {
  assert.equal(freeName('cells', new Set(['cats'])), 'cells');
  assert.equal(freeName('cells', new Set(['cells', 'cells 2'])), 'cells 3');
});

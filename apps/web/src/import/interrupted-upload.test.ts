import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenFile } from './chosen-files.ts';
import { findSent } from './interrupted-upload.ts';

const chosen = (path: string, bytes: number, lastModified: number) =>
  chosenFile(Object.assign(new File([new Uint8Array(bytes)], 'x', { lastModified }), { path }));
const sent = (path: string, byteSize: number, lastModified: number | null) => ({
  fileId: path,
  path,
  byteSize,
  bytesReceived: 3,
  lastModified,
});

test('a file was sent before if its place, size and time of change are the same', () => {
  const same = chosen('cells/a.jpg', 10, 5);
  const files = [
    same,
    chosen('cells/b.jpg', 10, 5),
    chosen('cells/c.jpg', 10, 5),
    chosen('cells/d.jpg', 10, 5),
    chosen('a.jpg', 10, 5),
  ];
  const there = [
    sent('cells/a.jpg', 10, 5),
    sent('cells/b.jpg', 11, 5),
    sent('cells/c.jpg', 10, 6),
    sent('cells/d.jpg', 10, null),
  ];
  const found = findSent(files, there);
  assert.deepEqual([...found.keys()], [same, files[3]]);
  assert.equal(found.get(same), there[0]);
});

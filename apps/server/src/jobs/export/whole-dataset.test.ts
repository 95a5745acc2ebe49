import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

/** Would go on until the process ends of it: a worker would die, and begin again. */
const endless = `
  import { wholeDataset } from './whole-dataset.ts';
  async function* annotations() {
    for (let id = 1; ; id++) {
      yield { id, image_id: id, category_id: 1, bbox: [id, 2, 3, 4], segmentation: [[id, 2, 3, 4, 5, 6]] };
    }
  }
  const root = { images: [], annotations: annotations(), categories: [] };
  await wholeDataset(root, 'voc').catch(({ code, message }) => console.log(code, message));
`;

test('a dataset that does not fit into the memory of a worker is refused, and the worker lives', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--max-old-space-size=256', '--input-type=module-typescript', '--eval', endless],
    { cwd: import.meta.dirname, encoding: 'utf8' },
  );
  assert.equal(status, 0);
  assert.match(stdout, /^bad-export .*fits into the memory of a worker \(0\.3 GB\): voc/);
  assert.match(stdout, /found one of more than \d+0,000 pictures and annotations/);
});

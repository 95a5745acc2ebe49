import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { allowedPath } from './server-path.ts';

const root = mkdtempSync(join(tmpdir(), 'migaki-paths-'));
after(() => rmSync(root, { recursive: true }));
const allowed = join(root, 'allowed');
mkdirSync(join(allowed, 'pictures'), { recursive: true });
mkdirSync(join(root, 'allowed-too'));
writeFileSync(join(root, 'secret.txt'), 'x');
writeFileSync(join(allowed, 'labels.json'), '{}');
symlinkSync(root, join(allowed, 'out'));
symlinkSync(join(allowed, 'pictures'), join(allowed, 'in'));

test('what lies inside an allowed folder may be read, through a link as well', async () => {
  const folders = [allowed];
  assert.equal(await allowedPath(allowed, folders), allowed);
  assert.equal(
    await allowedPath(join(allowed, 'labels.json'), folders),
    join(allowed, 'labels.json'),
  );
  assert.equal(await allowedPath(join(allowed, 'in'), folders), join(allowed, 'pictures'));
});

test('no path and no link leads out, and nobody learns what is out there', async () => {
  const messages = await Promise.all(
    [
      join(root, 'secret.txt'),
      join(root, 'nothing.txt'),
      join(allowed, '..', 'secret.txt'),
      join(allowed, 'out'),
      join(allowed, 'out', 'secret.txt'),
      join(root, 'allowed-too'),
      '/',
    ].map((path) =>
      allowedPath(path, [allowed]).then(
        () => assert.fail(path),
        (error: Error & { details: { expected: string; found: string } }) => error.details.found,
      ),
    ),
  );
  assert.deepEqual(new Set(messages), new Set(['one outside of them']));
});

test('a path that is not absolute, or where nothing is, is told as such', async () => {
  await assert.rejects(allowedPath('labels.json', [allowed]), /an absolute path/);
  await assert.rejects(allowedPath(`${allowed}\0/x`, [allowed]), /an absolute path/);
  await assert.rejects(
    allowedPath(join(allowed, 'none'), [allowed]),
    /a file or folder, found none/,
  );
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './sources.ts';

test('packages/coco can be installed alone from its tarball and used from plain JavaScript', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'migaki-pack-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync(process.execPath, [join(root, 'scripts/pack.ts'), 'packages/coco', folder], {
    stdio: 'pipe',
  });
  const [tarball] = readdirSync(folder);
  assert.match(tarball, /^migaki-coco-.*\.tgz$/);

  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`], {
    cwd: folder,
    stdio: 'pipe',
  });
  const program = `
    import { evaluate, readCoco, validateCoco } from '@migaki/coco';
    const image = { id: 1, file_name: 'a.jpg', width: 100, height: 100 };
    const box = { id: 1, image_id: 1, category_id: 1, bbox: [10, 10, 50, 50], area: 2500, iscrowd: 0 };
    const file = await readCoco(JSON.stringify({ images: [image], annotations: [box], categories: [{ id: 1, name: 'a' }] }));
    const results = [{ image_id: 1, category_id: 1, bbox: [10, 10, 50, 50], score: 0.9 }];
    console.log(validateCoco(file).problems.length, evaluate(file.dataset, results, { iouType: 'bbox' }).stats[0].toFixed(9));
  `;
  writeFileSync(join(folder, 'program.js'), program);
  const output = execFileSync(process.execPath, ['--no-strip-types', join(folder, 'program.js')], {
    encoding: 'utf8',
  });
  assert.equal(output.trim(), '0 1.000000000');
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

test('the server starts without the runtime of models, which it loads when one is to work', () => {
  const program = `
    await import(${JSON.stringify(new URL('./workbench.ts', import.meta.url).href)});
    console.log(JSON.stringify(process.report.getReport().sharedObjects));`;
  const args = ['--input-type=module', '--eval', program];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  const loaded: string[] = JSON.parse(stdout);
  assert.ok(loaded.length > 0);
  assert.deepEqual(
    loaded.filter((path) => path.includes('onnxruntime')),
    [],
  );
});

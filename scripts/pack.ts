// Makes the tarball that is published of a package: JavaScript and type declarations for any runtime, instead of the
// TypeScript sources that the workspaces themselves run.
//
//   node scripts/pack.ts packages/coco [folder for the tarball]

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = dirname(import.meta.dirname);
const [folder, target = '.'] = process.argv.slice(2);
if (folder === undefined || !existsSync(join(root, folder, 'package.json'))) {
  console.error(`Expected the folder of a package, found ${folder ?? 'nothing'}.`);
  process.exit(2);
}
const source = join(root, folder);
const dist = join(source, 'dist');

rmSync(dist, { recursive: true, force: true });
run(join(root, 'node_modules', '.bin', 'tsc'), [
  ...['-p', source, '--noEmit', 'false', '--declaration', '--rootDir', join(source, 'src')],
  ...['--outDir', dist, '--rewriteRelativeImportExtensions'],
]);
const { devDependencies: _, ...manifest } = JSON.parse(
  readFileSync(join(source, 'package.json'), 'utf8'),
);
const published = {
  ...manifest,
  exports: { '.': { types: './index.d.ts', default: './index.js' } },
};
writeFileSync(join(dist, 'package.json'), JSON.stringify(published, null, 2));
copyFileSync(join(source, 'README.md'), join(dist, 'README.md'));
copyFileSync(join(root, 'LICENSE'), join(dist, 'LICENSE'));
run('npm', ['pack', '--loglevel=error', '--pack-destination', resolve(target)], dist);

function run(command: string, args: string[], cwd = root): void {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    console.error(`${command} failed: ${error?.message ?? `exit code ${status}`}`);
    process.exit(1);
  }
}

// The pages as the browser gets them. They are built once from their sources, when they are first needed and whenever
// those have changed; a clone needs no build step, and a machine that only serves needs no sources.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const webFolder = fileURLToPath(new URL('../../../web/', import.meta.url));
/** What the pages are made of, beside their own sources. */
const packageFolders = ['annotator', 'api', 'coco'].map((name) =>
  fileURLToPath(new URL(`../../../../packages/${name}/src/`, import.meta.url)),
);
const distFolder = join(webFolder, 'dist');

export interface WebAppOptions {
  /** Told when a build begins, which takes some seconds. */
  onBuild: () => void;
}

/**
 * The folder to serve, built if need be.
 *
 * @returns null, and why, where there are neither pages nor a way to build them
 */
export async function openWebApp({
  onBuild,
}: WebAppOptions): Promise<{ folder: string } | { folder: null; why: string }> {
  const isBuilt = (folder: string) => existsSync(join(folder, 'index.html'));
  if (!existsSync(join(webFolder, 'index.html'))) {
    return isBuilt(distFolder)
      ? { folder: distFolder }
      : { folder: null, why: `there are no pages in ${webFolder}` };
  }
  const folder = join(distFolder, await hashOfSources());
  if (isBuilt(folder)) return { folder };
  onBuild();
  const unfinished = join(distFolder, `.building-${process.pid}`);
  await mkdir(distFolder, { recursive: true });
  try {
    await build(unfinished);
    await removeBuilds(unfinished);
    await rename(unfinished, folder);
    return { folder };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (isBuilt(folder)) return { folder }; // another workbench was faster
    return { folder: null, why: (error as Error).message };
  }
}

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256');
  const files = ['index.html', 'vite.config.ts', 'package.json'].map((name) =>
    join(webFolder, name),
  );
  for (const folder of [join(webFolder, 'src'), join(webFolder, 'public'), ...packageFolders]) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
  }
  for (const file of files.sort()) {
    hash.update(`${file.slice(webFolder.length)}\0`).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

async function build(outFolder: string): Promise<void> {
  const require = createRequire(join(webFolder, 'package.json'));
  const vite = join(dirname(require.resolve('vite/package.json')), 'bin', 'vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'build', '--outDir', outFolder, '--emptyOutDir', '--logLevel', 'error'],
    { cwd: webFolder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said = (said + chunk).slice(-4_000);
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`vite build ended with exit code ${code}: ${said.trim()}`);
}

/** Former builds are of no use once there is a newer one. */
async function removeBuilds(except: string): Promise<void> {
  for (const name of await readdir(distFolder)) {
    const folder = join(distFolder, name);
    if (folder !== except && /^[0-9a-f]{16}$/.test(name)) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

// Backup and restore over the API, with files of every damage that a disk or a person does to them.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { chmod, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { before, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Job, routes } from '@migaki/api';
import sharp from 'sharp';
import { openPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { localTokenOf, readLocalToken } from '../../secrets.ts';
import { testWorkbench } from '../../testing/test-workbench.ts';
import type { BackupReport } from './backup-job.ts';

const [source, target] = [await testWorkbench(), await testWorkbench()];
const pictureCount = 60;

/** As a command beside the workbench calls it. */
async function localClient({ address, workspaceDir }: typeof source) {
  const token = (await readLocalToken(workspaceDir)) ?? undefined;
  return createClient(routes, { baseUrl: address, token });
}

/** What a person sees of a workbench: its datasets, and their images with pictures. */
async function contents({ client }: typeof source): Promise<unknown> {
  const { datasets } = await client.listDatasets({ query: {} });
  return Promise.all(
    datasets.map(async ({ id, name, revision }) => {
      const { items } = await client.listImages({ params: { datasetId: id }, query: {} });
      return { name, revision, images: items.map(({ fileName, sha256 }) => [fileName, sha256]) };
    }),
  );
}

const blobCount = ({ workspaceDir }: typeof source): number =>
  readdirSync(join(workspaceDir, 'blobs', 'sha256'), {
    recursive: true,
    withFileTypes: true,
  }).filter((entry) => entry.isFile()).length;

async function backUp(path: string): Promise<BackupReport> {
  const { job } = await (await localClient(source)).startBackup({ body: { path } });
  const ended = await source.finished(job);
  assert.equal(ended.state, 'succeeded', JSON.stringify(ended.error));
  return ended.result as BackupReport;
}

async function restore(path: string, replace = false): Promise<Job> {
  const { job } = await target.client.startRestore({ body: { path, replace } });
  return target.finished(job);
}

let backup = '';
before(async () => {
  const folder = join(source.folder, 'cells');
  await mkdir(folder);
  for (let index = 0; index < pictureCount; index++) {
    const background = { r: index, g: 90, b: 120 };
    const picture = sharp({ create: { width: 320, height: 240, channels: 3, background } });
    await writeFile(join(folder, `血球 ${index}.jpg`), await picture.jpeg().toBuffer());
  }
  // Larger than what is read as a whole.
  const raw = { width: 2000, height: 1500, channels: 3 } as const;
  const noise = sharp(randomBytes(raw.width * raw.height * raw.channels), { raw });
  await noise.png({ compressionLevel: 0 }).toFile(join(folder, 'noise.png'));
  for (const from of [{ path: folder }, { sample: 'cells' as const }]) {
    const into = { newDataset: 'sample' in from ? 'sample' : 'cells' };
    const { job } = await source.client.startImport({ body: { into, from } });
    assert.equal((await source.finished(job)).state, 'succeeded');
  }
  backup = join(target.folder, 'backup.zip');
});

test('a backup holds everything but jobs and what lets somebody in, and is whole when it has its name', async () => {
  const { secret } = await source.client.createToken({
    body: { name: 'x', permissions: ['read'] },
  });
  const report = await backUp(backup);
  assert.deepEqual(
    [report.datasets, report.missingPictureCount, report.pictures],
    [2, 0, blobCount(source)],
  );
  const zip = await openPromise(backup, { autoClose: false });
  const paths: string[] = [];
  let text = '';
  for await (const entry of zip.eachEntry()) {
    paths.push(entry.fileName);
    const content = await buffer(await zip.openReadStreamPromise(entry));
    if (!entry.fileName.startsWith('blobs/')) text += content.toString();
    const hash = createHash('sha256').update(content).digest('hex');
    const blob = entry.fileName.replace(/^blobs\/|\//g, '');
    if (entry.fileName.startsWith('blobs/')) assert.equal(hash, blob);
  }
  zip.close();
  assert.equal(paths.at(-1), 'manifest.json');
  assert.ok(!paths.some((path) => /job|token|thumb|secret/.test(path)), paths.join());
  const secrets = await readFile(join(source.workspaceDir, 'secrets.json'), 'utf8');
  const { loginToken, cookieSecret } = JSON.parse(secrets);
  const tokenHash = createHash('sha256').update(secret).digest('hex');
  for (const hidden of [loginToken, cookieSecret, secret, tokenHash]) {
    assert.ok(!text.includes(hidden));
  }
  assert.deepEqual(
    readdirSync(target.folder).filter((name) => name !== 'backup.zip'),
    [],
  );
});

test('a file that is damaged, changed, of something else or newer is refused, and nothing happens', async () => {
  const bytes = await readFile(backup);
  const file = async (content: Buffer) => {
    const path = join(target.folder, 'bad.zip');
    await writeFile(path, content);
    return path;
  };
  /** The backup with an entry changed, or left out where `change` answers null. */
  const changed = async (pattern: RegExp, change: (content: Buffer) => Buffer | null) => {
    const zip = await openPromise(backup, { autoClose: false });
    const made = new ZipFile();
    let isChanged = false;
    for await (const entry of zip.eachEntry()) {
      const content = await buffer(await zip.openReadStreamPromise(entry));
      const isMeant: boolean = pattern.test(entry.fileName) && content.length > 0 && !isChanged;
      isChanged ||= isMeant;
      const written = isMeant ? change(content) : content;
      if (written !== null) made.addBuffer(written, entry.fileName);
    }
    zip.close();
    made.end();
    const path = join(target.folder, 'bad.zip');
    await pipeline(made.outputStream, createWriteStream(path));
    return path;
  };
  const text = (change: (text: string) => string) => (content: Buffer) =>
    Buffer.from(change(content.toString()));
  const lastByte = (content: Buffer) => {
    const copy = Buffer.from(content);
    copy[copy.length - 1] ^= 1;
    return copy;
  };
  const cases: [string, () => Promise<string>, RegExp][] = [
    ['cut', () => file(bytes.subarray(0, bytes.length * 0.6)), /expected a whole backup(?!.*\.\.)/],
    [
      'cut short',
      () => file(bytes.subarray(0, bytes.length - 10)),
      /expected a whole backup(?!.*\.\.)/,
    ],
    ['empty', () => file(Buffer.alloc(0)), /expected a whole backup(?!.*\.\.)/],
    ['text', () => file(Buffer.from('hello')), /expected a whole backup(?!.*\.\.)/],
    [
      'bits',
      () => file(Buffer.concat([bytes.subarray(0, 90), Buffer.alloc(200), bytes.subarray(290)])),
      /expected/,
    ],
    ['another zip', () => changed(/manifest/, () => null), /a zip of something else/],
    ['a picture', () => changed(/^blobs/, lastByte), /the picture .* another content/],
    ['no picture', () => changed(/^blobs/, () => null), /expected \d+ pictures/],
    [
      'a row',
      () =>
        changed(
          /image\.copy/,
          text((rows) => rows.replace('320', '321')),
        ),
      /the rows of image/,
    ],
    ['no table', () => changed(/version\.copy|revision\.copy/, () => null), /expected the table/],
    [
      'a name',
      () =>
        changed(
          /manifest/,
          text((json) => json.replace('"name": "image"', '"name": "job"')),
        ),
      /expected/,
    ],
    [
      'manifest',
      () =>
        changed(
          /manifest/,
          text((json) => json.replace('"rowCount"', '"rows"')),
        ),
      /manifest/,
    ],
    [
      'newer',
      () =>
        changed(
          /manifest/,
          text((json) => json.replace('"formatVersion": 1', '"formatVersion": 2')),
        ),
      /Update the program/,
    ],
    [
      'later',
      () =>
        changed(
          /manifest/,
          text((json) => json.replace('0001-', '9001-')),
        ),
      /Update the program/,
    ],
  ];
  for (const [what, make, message] of cases) {
    const job = await restore(await make(), true);
    assert.equal(job.state, 'failed', what);
    assert.match(job.error!.message, message, what);
    assert.match(job.error!.message, /expected .*found/s, what);
    assert.deepEqual([await contents(target), blobCount(target)], [[], 0], what);
  }
  await assert.rejects(restore(join(target.folder, 'none.zip')), /a file or folder, found none/);
  await assert.rejects(restore('/etc/passwd'), /one outside of them/);
});

test('a restored workspace shows what the first one showed; a filled one is kept unless told otherwise', async () => {
  const job = await restore(backup);
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  assert.deepEqual(await contents(target), await contents(source));
  assert.equal(blobCount(target), blobCount(source));
  const [{ id: datasetId }] = (await target.client.listDatasets({ query: {} })).datasets;
  const { items } = await target.client.listImages({ params: { datasetId }, query: {} });
  const { sha256 } = items[0];
  const thumbnail = await target.client.getPicture({
    params: { sha256: sha256! },
    query: { size: '256' },
  });
  assert.equal(thumbnail.headers.get('content-type')?.split('/')[0], 'image');
  assert.equal((await target.client.listJobs({ query: {} })).items.length, 1);

  const again = await restore(backup);
  assert.match(
    again.error!.message,
    /expected an empty workspace, found one with 2 datasets.*--replace/,
  );
  await target.client.createDataset({ body: { name: 'later' } });
  const replaced = await restore(backup, true);
  assert.equal(replaced.state, 'succeeded', JSON.stringify(replaced.error));
  assert.deepEqual(await contents(target), await contents(source));
});

test('a backup that is not given a path waits to be fetched, by an administrator alone', async () => {
  const { job } = await source.client.startBackup({ body: {} });
  const ended = await source.finished(job);
  const { fileName, byteSize } = ended.result as BackupReport;
  assert.match(fileName!, /^migaki-\d{4}-\d\d-\d\d\.zip$/);
  const params = { jobId: job.id };
  const response = await source.client.downloadBackup({ params });
  assert.equal((await response.arrayBuffer()).byteLength, byteSize);
  await assert.rejects(source.client.downloadExport({ params }), /kind backup/);
  const body = { name: 'most', permissions: ['read', 'annotate', 'manage'] as const };
  const { secret } = await source.client.createToken({
    body: { ...body, permissions: [...body.permissions] },
  });
  const most = source.clientWith(secret);
  await assert.rejects(most.downloadBackup({ params }), /admin/);
  await assert.rejects(most.retryJob({ params }), /“admin” for a job of the kind backup/);
});

test('only a caller of this machine names the file to write', async () => {
  const path = join(source.folder, 'remote.zip');
  await assert.rejects(source.client.startBackup({ body: { path } }), /a path from elsewhere/);
  const forged = source.clientWith(localTokenOf({ cookieSecret: 'x'.repeat(43) }));
  await assert.rejects(forged.startBackup({ body: { path } }), { status: 401 });
  const local = await localClient(source);
  await assert.rejects(local.startBackup({ body: { path: join(path, 'x.zip') } }), /in a folder/);
  assert.ok(!existsSync(path));
});

test('pictures that are gone or damaged are told, and do not keep the rest from being saved', async (t) => {
  const [first, second] = (
    (await contents(source)) as { images: [string, string][] }[]
  )[0].images.map(([, sha256]) =>
    join(source.workspaceDir, 'blobs/sha256', sha256.slice(0, 2), sha256.slice(2)),
  );
  const kept = await Promise.all([first, second].map((path) => readFile(path)));
  t.after(async () => {
    for (const [index, path] of [first, second].entries()) {
      rmSync(path, { force: true });
      await writeFile(path, kept[index]);
    }
  });
  rmSync(first);
  await chmod(second, 0o644);
  await truncate(second, 100);
  const path = join(target.folder, 'lacking.zip');
  const report = await backUp(path);
  assert.deepEqual([report.missingPictureCount, report.pictures], [2, blobCount(source) - 1]);
  const job = await restore(path, true);
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  assert.equal((job.result as BackupReport).missingPictureCount, 2);
  assert.deepEqual(await contents(target), await contents(source));
});

test('a full disk is one sentence, and leaves no file', async (t) => {
  const disk = mountSmallDisk(t);
  if (disk === null) return t.skip('needs to mount a file system');
  await writeFile(join(disk, 'fill'), Buffer.alloc(240 * 1024));
  const { job } = await (await localClient(source)).startBackup({
    body: { path: join(disk, 'b.zip') },
  });
  const { state, error } = await source.finished(job);
  assert.equal(state, 'failed');
  assert.match(error!.message, /expected free space on the disk, found none/);
  assert.deepEqual(readdirSync(disk), ['fill']);
});

function mountSmallDisk(t: TestContext): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'migaki-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  t.after(() => {
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

test('a backup that is cancelled or whose process is killed leaves no file', async () => {
  const folder = join(source.folder, 'killed');
  await mkdir(folder);
  const local = await localClient(source);
  const path = join(folder, 'b.zip');
  const started = async () => {
    const { job } = await local.startBackup({ body: { path } });
    while ((await source.client.getJob({ params: { jobId: job.id } })).unit !== 'files')
      await sleep(2);
    return job;
  };
  const cancelled = await started();
  await source.client.cancelJob({ params: { jobId: cancelled.id } });
  assert.match((await source.finished(cancelled)).state, /cancelled|succeeded/);
  rmSync(path, { force: true });

  const killed = await started();
  process.kill(source.workerPids()[0], 'SIGKILL');
  const { state, error } = await source.finished(killed);
  if (state === 'failed') {
    assert.match(error!.message, /No file was written/);
    assert.deepEqual(readdirSync(dirname(path)), []);
  } else assert.deepEqual(readdirSync(dirname(path)), ['b.zip']);
});

test('a restore whose process is killed at any moment leaves the old or the new', async () => {
  await target.client.createDataset({ body: { name: 'old alone' } });
  const [old, fresh] = [await contents(target), await contents(source)];
  assert.notDeepEqual(old, fresh);
  let restored = 0;
  for (let round = 0; round < 3; round++) {
    const { job } = await target.client.startRestore({ body: { path: backup, replace: true } });
    await sleep(40 + round * 150);
    const [pid] = target.workerPids();
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    const { state, error } = await target.finished(job);
    if (state === 'failed') {
      assert.match(error!.message, /The workspace is as it was/);
      assert.deepEqual(await contents(target), restored > 0 ? fresh : old);
    } else {
      restored++;
      assert.deepEqual(await contents(target), fresh);
    }
  }
  assert.equal((await restore(backup, true)).state, 'succeeded');
  assert.deepEqual(await contents(target), fresh);
});

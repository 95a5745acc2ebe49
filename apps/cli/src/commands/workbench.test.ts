// The commands on datasets, as a person types them: without a workbench running, and beside one that runs.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, routes } from '@migaki/api';
import { readLocalToken } from '@migaki/server/running-workbench';
import sharp from 'sharp';
import { cliFolder, makeWorkspace, runMigaki, temporaryFolder } from '../testing/run-migaki.ts';
import { runWorkbench } from '../testing/run-workbench.ts';

const street = join(cliFolder, 'examples', 'street.json');

function workspace(context: TestContext) {
  const folder = temporaryFolder(context);
  const env = { MIGAKI_HOME: makeWorkspace(join(folder, 'workspace')) };
  const run = async (...words: string[]) => {
    const result = await runMigaki(words, { cwd: folder, env });
    return { ...result, json: () => JSON.parse(result.stdout) };
  };
  return { folder, env, run };
}

test('a dataset is imported, asked and exported without a workbench', async (context) => {
  const { folder, run } = workspace(context);
  const imported = await run('import', 'street', street, '--json');
  assert.equal(imported.exitCode, 0, imported.stderr);
  const given = JSON.parse(readFileSync(street, 'utf8'));
  assert.equal(imported.json().imagesAdded, given.images.length);
  assert.equal(imported.json().annotationsAdded, given.annotations.length);

  const found = (await run('query', 'street', 'is:missing', '--json')).json();
  assert.equal(found.total, given.images.length);
  const target = join(folder, 'out.json');
  const exported = await run('export', 'street', target);
  assert.equal(exported.exitCode, 0, exported.stderr);
  assert.ok(exported.stdout.includes(`Written to ${target}\n`), exported.stdout);
  assert.deepEqual(JSON.parse(readFileSync(target, 'utf8')), given);
  const [last] = (await run('jobs', '--json')).json();
  assert.deepEqual([last.kind, last.state], ['export', 'succeeded']);
});

test('an export of what nothing matches says so, and is no success', async (context) => {
  const { folder, run } = workspace(context);
  await run('import', 'street', street);
  const target = join(folder, 'none.json');
  const exported = await run('export', 'street', target, '--filter', 'status:done');
  assert.equal(exported.exitCode, 1, exported.stderr);
  assert.match(exported.stdout, /^0 images match status:done\.$/m);
  assert.deepEqual(JSON.parse(readFileSync(target, 'utf8')).images, []);
  const whole = await run('export', 'street', join(folder, 'x.zip'), '--format=folder-per-class');
  assert.equal(whole.exitCode, 3);
  assert.match(whole.stderr, /expected an export with pictures/);
  const jobs = (await run('jobs', '--json')).json();
  assert.equal(jobs.length, 2, 'refused before there was a job');
});

test('what cannot be imported is told in one sentence', async (context) => {
  const { folder, run } = workspace(context);
  writeFileSync(join(folder, 'broken.json'), '{"images": [{"id": 1, ');
  const broken = await run('import', 'x', 'broken.json', '--format', 'coco');
  assert.equal(broken.exitCode, 3);
  assert.match(broken.stderr, /^error .*expected .*found/m);
  const nothing = await run('import', 'x', 'nowhere');
  assert.equal(nothing.exitCode, 3);
  assert.match(nothing.stderr, /a file or folder, found none/);
});

test('what only reads makes no workspace, and what makes one says where', async (context) => {
  const { folder } = workspace(context);
  const path = join(folder, 'new');
  const run = (...words: string[]) => runMigaki([...words, '--data', path], { cwd: folder });
  for (const words of [
    ['dataset', 'list'],
    ['query', 'street'],
    ['jobs'],
    ['models'],
    ['export', 'street', 'out.json'],
  ]) {
    const { exitCode, stderr } = await run(...words);
    assert.equal(exitCode, 5, words.join(' '));
    assert.ok(stderr.startsWith(`error Expected a workspace in ${path}, found none.`), stderr);
    assert.match(stderr, /--data or MIGAKI_HOME/);
  }
  assert.equal(existsSync(path), false);
  const { exitCode, stderr } = await run('import', 'street', street);
  assert.equal(exitCode, 0, stderr);
  assert.match(stderr, new RegExp(`^note a new workspace is made in ${path}\\.`, 'm'));
  assert.doesNotMatch((await run('import', 'street', street)).stderr, /a new workspace/);
});

test('beside a workbench that runs, commands go through it; a second one and a taken port are refused', async (context) => {
  const { env, folder, run } = workspace(context);
  const { address, process: child, ended } = await runWorkbench(env.MIGAKI_HOME);
  const { port } = new URL(address);
  writeFileSync(join(folder, 'street.json'), readFileSync(street));
  const imported = await run('import', 'street', 'street.json', '--json');
  assert.equal(imported.exitCode, 0, imported.stderr);

  const again = await run('import', 'street', 'street.json');
  assert.match(again.stdout, /annotations that were there/);
  const version = await run('dataset', 'version', 'street', 'v1', '--note', 'first');
  assert.equal(version.exitCode, 0, version.stderr);
  const [{ name, note, revision }] = (await run('dataset', 'versions', 'street', '--json')).json();
  assert.deepEqual([name, note, revision], ['v1', 'first', 1]);
  assert.equal((await run('dataset', 'restore', 'street', 'v1', '--json')).json().revision, 1);
  assert.deepEqual((await run('dataset', 'diff', 'street', 'v1', '--json')).json(), {
    images: { added: 0, removed: 0, changed: 0 },
    fields: [],
    categories: [],
  });
  const wrong = await run('query', 'street', 'nonsense:(');
  assert.equal(wrong.exitCode, 3);
  assert.match(wrong.stderr, /expected .* found/);
  const target = join(folder, 'out.json');
  assert.equal((await run('export', 'street', target)).exitCode, 0);
  assert.equal((await run('export', 'street', target)).exitCode, 4);
  assert.equal((await run('export', 'street', target, '--format', 'yolo')).exitCode, 2);
  assert.equal((await run('import', 'other', 'street.json')).exitCode, 0);
  assert.equal((await run('dataset', 'delete', 'other')).exitCode, 0);
  assert.equal((await run('dataset', 'show', 'other')).exitCode, 3);

  const second = await run('up');
  assert.equal(second.exitCode, 5);
  assert.match(second.stderr, new RegExp(`has the workspace .* open since .* Use it \\(.*${port}`));
  const taken = await run('up', '--port', port, '--data', join(folder, 'other'));
  assert.equal(taken.exitCode, 5);
  const advice = `Expected port ${port} to be free on 127\\.0\\.0\\.1, .* lsof -i :${port}.* --port`;
  assert.match(taken.stderr.replaceAll('`', ' '), new RegExp(advice));

  child.kill('SIGTERM');
  const { exitCode, stdout } = await ended;
  assert.equal(exitCode, 0);
  assert.ok(stdout.includes(address) && stdout.endsWith('Stopped.\n'));
  const listed = (await run('dataset', 'list', '--json')).json();
  assert.equal(listed[0].name, 'street');
});

test('an import that was left half done is cancelled without a workbench, with all that it brought in', async (context) => {
  const { env, folder, run } = workspace(context);
  const pictures = join(folder, 'pictures');
  mkdirSync(pictures);
  const create = { width: 64, height: 48, channels: 3, background: 'teal' } as const;
  const picture = await sharp({ create }).jpeg().toBuffer();
  // What follows the end of a picture makes another file of it.
  for (let n = 0; n < 2_000; n++)
    writeFileSync(join(pictures, `${n}.jpg`), Buffer.concat([picture, Buffer.from(`${n}`)]));
  const { address, process: child, ended } = await runWorkbench(env.MIGAKI_HOME);
  context.after(() => child.kill());
  const token = (await readLocalToken(env.MIGAKI_HOME))!;
  const client = createClient(routes, { baseUrl: new URL(address).origin, token });
  const { job, datasetId } = await client.startImport({
    body: { into: { newDataset: 'half' }, from: { path: pictures } },
  });
  while ((await client.getDataset({ params: { datasetId } })).revision === 0) await sleep(5);
  child.kill('SIGTERM');
  await ended;
  const left = (await run('jobs', '--json')).json();
  assert.deepEqual([left[0].id, left[0].state], [job.id, 'queued']);

  const cancelled = await run('jobs', 'cancel', job.id, '--json');
  assert.equal(cancelled.exitCode, 0, cancelled.stderr);
  assert.equal(cancelled.json().state, 'cancelled');
  assert.doesNotMatch(cancelled.stderr, /nothing to cancel/);
  const again = await run('jobs', 'cancel', job.id);
  assert.equal(again.exitCode, 0, again.stderr);
  assert.match(again.stderr, /There was nothing to cancel: the job had ended/);
  assert.equal((await run('jobs', '--json')).json()[0].state, 'cancelled');
  assert.deepEqual((await run('dataset', 'list', '--json')).json(), []);
});

test('an address that cannot be listened on is told with what to type instead', async (context) => {
  const { run } = workspace(context);
  const elsewhere = await run('up', '--host', '203.0.113.7');
  assert.equal(elsewhere.exitCode, 5, elsewhere.stderr);
  assert.match(
    elsewhere.stderr,
    /--host: expected an address of this machine, found 203\.0\.113\.7/,
  );
  const noPort = await run('up', '--port', '70000');
  assert.equal(noPort.exitCode, 2);
  assert.match(noPort.stderr, /--port: expected a number from 0 to 65535, found 70000/);
});

test('a DATABASE_URL that leads nowhere is told without its password', async (context) => {
  const { folder, env } = workspace(context);
  const url = 'postgresql://me:guessed-secret@127.0.0.1:1/migaki';
  const refused = await runMigaki(['dataset', 'list'], {
    cwd: folder,
    env: { ...env, DATABASE_URL: url },
  });
  assert.equal(refused.exitCode, 5, refused.stderr);
  assert.match(
    refused.stderr,
    /^error DATABASE_URL \(127\.0\.0\.1:1\/migaki\): expected .* ECONNREFUSED/,
  );
  assert.doesNotMatch(refused.stderr, /guessed-secret/);
});

test('folders that anybody may import from are added to the usual ones, or named alone', async (context) => {
  const { env, folder } = workspace(context);
  const toldWith = async (option: string) => {
    const {
      address,
      process: child,
      ended,
    } = await runWorkbench(env.MIGAKI_HOME, [option, folder]);
    const { origin: baseUrl, searchParams } = new URL(address);
    const client = createClient(routes, { baseUrl, token: searchParams.get('token')! });
    const body = { into: { newDataset: 'x' }, from: { path: join(folder, '..', 'nowhere') } };
    const error = await client.startImport({ body }).catch((refusal: Error) => refusal);
    child.kill('SIGTERM');
    await ended;
    return (error as Error).message;
  };
  const added = [homedir(), process.cwd(), folder].join(' or ');
  assert.ok((await toldWith('--allow-folder')).includes(`a path inside ${added}, found`));
  assert.ok((await toldWith('--only-folder')).includes(`a path inside ${folder}, found`));
});

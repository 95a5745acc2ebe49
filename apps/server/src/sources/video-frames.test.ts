import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { inEnglish } from '@migaki/coco';
import { StoreError } from '@migaki/store';
import { type SourceFiles, sourceFilesOf } from './source-files.ts';
import { withVideoFrames } from './video-frames.ts';

const root = mkdtempSync(join(tmpdir(), 'migaki-video-'));
after(() => rmSync(root, { recursive: true }));
const ffmpeg = process.env.MIGAKI_FFMPEG || 'ffmpeg';
const skip = spawnSync(ffmpeg, ['-version']).status === 0 ? false : 'there is no ffmpeg here';
const options = {
  framesPerSecond: 2,
  scratchFolder: join(root, 'scratch'),
  signal: new AbortController().signal,
};

function sourceOf(...names: string[]): SourceFiles {
  return sourceFilesOf(
    new Map(
      names.map((name) => {
        const location = join(root, name);
        const open = async () => createReadStream(location);
        return [name, { byteSize: statSync(location).size, open, location }];
      }),
    ),
  );
}

test('frames of a video are pictures that know where they come from, told as they are taken', {
  skip,
}, async () => {
  const made = [
    '-f',
    'lavfi',
    '-i',
    'testsrc=duration=3:size=64x48:rate=10',
    '-pix_fmt',
    'yuv420p',
  ];
  spawnSync(ffmpeg, [...made, join(root, 'walk.mp4')]);
  const told: [number, string][] = [];
  const files = await withVideoFrames(sourceOf('walk.mp4'), {
    ...options,
    onProgress: (...progress) => told.push(progress),
  });
  assert.deepEqual(
    [told[0], told.at(-1)],
    [
      [0, 'walk.mp4'],
      [6, 'walk.mp4'],
    ],
  );
  assert.deepEqual(
    files.paths,
    ['00.000', '00.500', '01.000', '01.500', '02.000', '02.500'].map(
      (time) => `walk/00-00-${time}.jpg`,
    ),
  );
  assert.deepEqual(files.file('walk/00-00-00.500.jpg').source, {
    video: 'walk.mp4',
    frame: 2,
    framesPerSecond: 2,
  });
  const { width, height } = await files.imageSize('walk/00-00-00.000.jpg');
  assert.deepEqual([width, height], [64, 48]);

  const bytesOf = async (of: SourceFiles) => buffer(await of.file('walk/00-00-01.500.jpg').open());
  const bytes = await bytesOf(files);
  const finer = await withVideoFrames(sourceOf('walk.mp4'), { ...options, framesPerSecond: 10 });
  assert.equal(finer.paths.length, 30);
  assert.deepEqual(await bytesOf(finer), bytes, 'a time is one picture whatever the rate');
});

test('a playlist under the name of a video does not have other files read', { skip }, async () => {
  writeFileSync(join(root, 'list.mp4'), `#EXTM3U\n#EXTINF:1,\nfile://${join(root, 'walk.mp4')}\n`);
  await assert.rejects(
    withVideoFrames(sourceOf('list.mp4'), options),
    (error: unknown) => error instanceof StoreError && error.code === 'bad-import',
  );
});

test('without ffmpeg it is said what to do, and what else is there is imported', async (context) => {
  writeFileSync(join(root, 'a.mp4'), 'x');
  writeFileSync(join(root, 'a.jpg'), 'x');
  const before = process.env.MIGAKI_FFMPEG;
  process.env.MIGAKI_FFMPEG = join(root, 'no-such-program');
  context.after(() => {
    if (before === undefined) delete process.env.MIGAKI_FFMPEG;
    else process.env.MIGAKI_FFMPEG = before;
  });
  await assert.rejects(withVideoFrames(sourceOf('a.mp4'), options), /Install ffmpeg/);
  const files = await withVideoFrames(sourceOf('a.mp4', 'a.jpg'), options);
  assert.deepEqual(files.paths, ['a.jpg']);
  assert.match(inEnglish(files.refused[0].fault.advice!), /Install ffmpeg/);
});

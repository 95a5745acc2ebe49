// Frames of videos as pictures, by the program `ffmpeg` of the system. Frames lie in a folder for the time of the
// import; each is called after its video and its time there, so that importing the video again finds them, and with
// another rate only adds those in between.

import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { phrase } from '@migaki/coco';
import { StoreError } from '@migaki/store';
import { maxPixels } from '../pictures/picture.ts';
import { type Refusal, type SourceFile, type SourceFiles, sourceFilesOf } from './source-files.ts';

export interface FrameOptions {
  framesPerSecond: number;
  /** For frames, while they are needed. Whatever is in it goes. */
  scratchFolder: string;
  signal: AbortSignal;
  /** @param frameCount taken so far, out of all videos */
  onProgress?: (frameCount: number, video: string) => void;
}

export const isVideoPath = (path: string): boolean =>
  /\.(mp4|m4v|mov|avi|mkv|webm|mpe?g|ts|flv)$/i.test(path);

/** Containers alone: a playlist under the name of a video would have ffmpeg read files that it names. */
const containers = 'mov,mp4,matroska,webm,avi,mpeg,mpegts,flv';
const longestComplaint = 300;

/** The program, which a variable may name where it is not on the PATH. */
const ffmpeg = () => process.env.MIGAKI_FFMPEG || 'ffmpeg';

/**
 * The files with frames in place of their videos.
 *
 * @throws StoreError `bad-import` where there are videos and no ffmpeg, and nothing else to import
 */
export async function withVideoFrames(
  files: SourceFiles,
  { framesPerSecond, scratchFolder, signal, onProgress }: FrameOptions,
): Promise<SourceFiles> {
  const videos = files.paths.filter(isVideoPath);
  if (videos.length === 0) return files;
  const others = files.paths.filter((path) => !isVideoPath(path));
  const all = new Map<string, SourceFile>(others.map((path) => [path, files.file(path)]));
  const refused: Refusal[] = [...files.refused];
  await rm(scratchFolder, { recursive: true, force: true });
  let frameCount = 0;
  for (const [index, path] of videos.entries()) {
    const folder = join(scratchFolder, String(index));
    await mkdir(folder, { recursive: true });
    const location = files.file(path).location ?? (await unpacked(files.file(path), folder));
    try {
      onProgress?.(frameCount, path);
      await takeFrames(path, location, folder, {
        framesPerSecond,
        signal,
        onProgress: (taken) => onProgress?.(frameCount + taken, path),
      });
    } catch (error) {
      if (!(error instanceof StoreError) || videos.length + others.length === 1) throw error;
      const { where: _, ...fault } = error.details;
      refused.push({ file: path, fault });
    }
    for (const name of await readdir(folder)) {
      if (!name.endsWith('.jpg')) continue;
      frameCount++;
      const frame = join(folder, name);
      const number = Number.parseInt(name, 10);
      const time = timeText((number - 1) / framesPerSecond);
      all.set(`${path.replace(/\.[^./]+$/, '')}/${time}.jpg`, {
        byteSize: (await stat(frame)).size,
        open: async () => createReadStream(frame),
        location: frame,
        source: { video: path, frame: number, framesPerSecond },
      });
    }
  }
  return sourceFilesOf(all, { refused, close: files.close });
}

/** `01-02-03.500`: hours, minutes and seconds, in an order that names keep. */
function timeText(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23).replaceAll(':', '-');
}

async function unpacked(video: SourceFile, folder: string): Promise<string> {
  const location = join(folder, 'video');
  await pipeline(await video.open(), createWriteStream(location));
  return location;
}

async function takeFrames(
  path: string,
  location: string,
  folder: string,
  {
    framesPerSecond,
    signal,
    onProgress,
  }: { framesPerSecond: number; signal: AbortSignal; onProgress: (taken: number) => void },
): Promise<void> {
  const input = [
    ...['-protocol_whitelist', 'file', '-format_whitelist', containers],
    ...['-max_pixels', String(maxPixels), '-i', location],
  ];
  // What is on the screen at each of the times, so that a time means one picture whatever the rate.
  const filter = `fps=fps=${framesPerSecond}:round=up:start_time=0`;
  const output = ['-vf', filter, '-q:v', '2', join(folder, '%06d.jpg')];
  const child = spawn(
    ffmpeg(),
    [
      ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-progress', 'pipe:1'],
      ...input,
      ...output,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], signal },
  );
  child.stdout.on('data', (chunk) => {
    const told = [...String(chunk).matchAll(/^frame=\s*(\d+)$/gm)].at(-1);
    if (told !== undefined) onProgress(Number(told[1]));
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-longestComplaint);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? noFfmpeg(path) : error),
    );
    child.once('close', resolve);
  });
  signal.throwIfAborted();
  if (code === 0) return;
  throw new StoreError('bad-import', {
    where: path,
    expected: phrase`a video that ffmpeg reads`,
    found: phrase`one of which it says: ${said.trim().split('\n').at(-1) ?? `exit code ${code}`}`,
  });
}

const noFfmpeg = (path: string) =>
  new StoreError('bad-import', {
    where: path,
    expected: phrase`the program ffmpeg, to take frames out of a video`,
    found: phrase`none`,
    advice: phrase`Install ffmpeg, or name it with MIGAKI_FFMPEG; or import frames as pictures.`,
  });

// Frames of videos as pictures, by the program `ffmpeg` of the system. Frames lie in a folder for the time of the
// import; each is called after its video and its number, so that importing the video again finds them.

import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { phrase } from '@migaki/coco';
import { StoreError } from '@migaki/store';
import { type Refusal, type SourceFile, type SourceFiles, sourceFilesOf } from './source-files.ts';

export interface FrameOptions {
  framesPerSecond: number;
  /** For frames, while they are needed. Whatever is in it goes. */
  scratchFolder: string;
  signal: AbortSignal;
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
  { framesPerSecond, scratchFolder, signal }: FrameOptions,
): Promise<SourceFiles> {
  const videos = files.paths.filter(isVideoPath);
  if (videos.length === 0) return files;
  const others = files.paths.filter((path) => !isVideoPath(path));
  const all = new Map<string, SourceFile>(others.map((path) => [path, files.file(path)]));
  const refused: Refusal[] = [...files.refused];
  await rm(scratchFolder, { recursive: true, force: true });
  for (const [index, path] of videos.entries()) {
    const folder = join(scratchFolder, String(index));
    await mkdir(folder, { recursive: true });
    const location = files.file(path).location ?? (await unpacked(files.file(path), folder));
    try {
      await takeFrames(path, location, folder, framesPerSecond, signal);
    } catch (error) {
      if (!(error instanceof StoreError) || videos.length + others.length === 1) throw error;
      const { where: _, ...fault } = error.details;
      refused.push({ file: path, fault });
    }
    for (const name of await readdir(folder)) {
      if (!name.endsWith('.jpg')) continue;
      const frame = join(folder, name);
      all.set(`${path.replace(/\.[^./]+$/, '')}/${name}`, {
        byteSize: (await stat(frame)).size,
        open: async () => createReadStream(frame),
        location: frame,
        source: { video: path, frame: Number.parseInt(name, 10), framesPerSecond },
      });
    }
  }
  return sourceFilesOf(all, { refused, close: files.close });
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
  framesPerSecond: number,
  signal: AbortSignal,
): Promise<void> {
  const input = ['-protocol_whitelist', 'file', '-format_whitelist', containers, '-i', location];
  const output = ['-vf', `fps=${framesPerSecond}`, '-q:v', '2', join(folder, '%06d.jpg')];
  const child = spawn(
    ffmpeg(),
    ['-nostdin', '-hide_banner', '-loglevel', 'error', ...input, ...output],
    { stdio: ['ignore', 'ignore', 'pipe'], signal },
  );
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

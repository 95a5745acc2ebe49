// ONNX files from a model hub, by name. The addresses are those of Hugging Face's hub, which other hubs and mirrors answer as
// well (`GET /<owner>/<repository>/resolve/<revision>/<file>`).

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { phrase, type Words } from '@migaki/coco';
import { TrainError } from '../train-error.ts';

export interface PullOptions {
  /** Where the hub answers. Default: `MIGAKI_HUB` of the environment, else Hugging Face's. */
  readonly endpoint?: string;
  /** Where files are kept; one that is there is not fetched again. */
  readonly cacheFolder: string;
  /** Bytes that have come, and how many there are where that is known. */
  readonly onProgress?: (done: number, total: number | null) => void;
  readonly signal?: AbortSignal;
}

export interface HubName {
  readonly repository: string;
  readonly revision: string;
  readonly file: string;
}

const defaultEndpoint = 'https://huggingface.co';
const defaultFile = 'onnx/model.onnx';

/**
 * `owner/repository`, with `@revision` and `/path/in/it.onnx` where these are not `main` and `onnx/model.onnx`.
 *
 * @throws TrainError `no-such-model` for what is no such name
 */
export function hubNameOf(text: string): HubName {
  const match = /^([\w.-]+\/[\w.-]+)(?:@([\w.-]+))?(?:\/([\w./-]+\.onnx))?$/.exec(text);
  const [, repository, revision = 'main', file = defaultFile] = match ?? [];
  const isSafe =
    match !== null && !`${repository}/${file}`.split('/').some((part) => /^\.+$/.test(part));
  if (isSafe) return { repository, revision, file };
  throw new TrainError('no-such-model', {
    where: text,
    expected: phrase`a name such as owner/repository, owner/repository/file.onnx or owner/repository@revision`,
    found: phrase`another form`,
  });
}

/**
 * The path of a file of the hub, fetched if it is not there yet. It is there whole or not at all.
 *
 * @throws TrainError `no-such-model`, `hub-unreachable`, `disk-full`
 * @example
 * const path = await pullModel('onnx-community/resnet-18', { cacheFolder: 'workspace/hub' });
 */
export async function pullModel(name: string, options: PullOptions): Promise<string> {
  const { repository, revision, file } = hubNameOf(name);
  const path = join(options.cacheFolder, repository, revision, file);
  if (await isThere(path)) return path;
  const endpoint = (options.endpoint ?? process.env.MIGAKI_HUB ?? defaultEndpoint).replace(
    /\/$/,
    '',
  );
  const base = `${endpoint}/${repository}/resolve/${revision}/`;
  // Weights beside the model come first, so that a model that is there has them.
  await fetchTo(`${base}${file}_data`, `${path}_data`, options, true);
  await fetchTo(`${base}${file}`, path, options, false);
  return path;
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function fetchTo(
  address: string,
  path: string,
  { onProgress, signal }: PullOptions,
  isOptional: boolean,
): Promise<void> {
  const response = await fetch(address, { signal: signal ?? null }).catch((error: Error) => {
    signal?.throwIfAborted();
    throw unreachable(address, (error.cause as Error | undefined)?.message ?? error.message);
  });
  if (response.status === 404 || response.status === 401) {
    await response.body?.cancel();
    if (isOptional) return;
    throw new TrainError('no-such-model', {
      where: address,
      expected: phrase`a file of the hub`,
      found: phrase`HTTP ${response.status}`,
      advice: phrase`Look the repository up: is the name right, and is there an .onnx file of that path?`,
    });
  }
  if (!response.ok || response.body === null) throw unreachable(address, `HTTP ${response.status}`);
  const length = Number(response.headers.get('content-length')) || null;
  const expected = hashIn(response.headers);
  const hash = createHash('sha256');
  let done = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, next) {
      hash.update(chunk);
      done += chunk.length;
      onProgress?.(done, length);
      next(null, chunk);
    },
  });
  const unfinished = `${path}.unfinished`;
  await mkdir(dirname(path), { recursive: true });
  try {
    const body = Readable.fromWeb(response.body as ReadableStream);
    await pipeline(body, counted, createWriteStream(unfinished), { signal });
    const is = hash.digest('hex');
    if (length !== null && done !== length) {
      throw unreachable(address, `${done} of ${length} bytes`);
    }
    if (expected !== null && is !== expected) {
      throw unreachable(address, phrase`a file whose SHA-256 is ${is}, not ${expected}`);
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    if (error instanceof TrainError || signal?.aborted) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new TrainError('disk-full', {
        where: path,
        expected: phrase`space for the file`,
        found: phrase`a full disk`,
      });
    }
    throw unreachable(address, (error as Error).message);
  }
}

/** Large files have their SHA-256 for a tag. */
function hashIn(headers: Headers): string | null {
  const tag = headers.get('x-linked-etag') ?? headers.get('etag') ?? '';
  return /^(?:W\/)?"?([0-9a-f]{64})"?$/.exec(tag)?.[1] ?? null;
}

const unreachable = (address: string, found: Words): TrainError =>
  new TrainError('hub-unreachable', {
    where: address,
    expected: phrase`the file`,
    found,
    advice: phrase`Try again, name another hub with MIGAKI_HUB, or download the file and name its path.`,
  });

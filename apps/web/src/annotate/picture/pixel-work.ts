// The page's end of the worker that looks at pixels.

import type { PixelResult, PixelTask, Size } from '@migaki/annotator';
import type { Image } from '@migaki/api';
import { pictureUrl } from '../../server/client.ts';
import { comesInTiles } from './large.ts';
import type { SourceInit } from './pixel-source.ts';

export type PixelOrder =
  | { readonly type: 'open'; readonly init: SourceInit }
  /** `isRun`: else the pixels are just fetched, for what will be asked next. */
  | {
      readonly type: 'task';
      readonly id: number;
      readonly task: PixelTask;
      readonly isRun: boolean;
    };
export interface PixelAnswer {
  readonly id: number;
  readonly result: PixelResult | null;
}

export interface PixelWork {
  /** Null where the pixels are not to be had. */
  run(task: PixelTask): Promise<PixelResult | null>;
  /** Has the pixels fetched before they are needed. */
  prepare(): void;
  stop(): void;
}

export function openPixelWork(
  { sha256, mediaType }: Pick<Image, 'sha256' | 'mediaType'>,
  picture: Size,
): PixelWork {
  const isTiled = comesInTiles({ mediaType }, picture);
  const waiting = new Map<number, (result: PixelResult | null) => void>();
  let worker: Worker | undefined;
  let count = 0;
  const order = (message: PixelOrder) => worker!.postMessage(message);
  const start = (hash: string): void => {
    if (worker !== undefined) return;
    worker = new Worker(new URL('./pixel-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data: { id, result } }: MessageEvent<PixelAnswer>) => {
      waiting.get(id)?.(result);
      waiting.delete(id);
    };
    const url = pictureUrl(hash);
    order({ type: 'open', init: { sha256: hash, url, picture, isTiled } });
  };
  const give = (task: PixelTask, isRun: boolean): Promise<PixelResult | null> => {
    if (sha256 === null) return Promise.resolve(null);
    start(sha256);
    const id = ++count;
    order({ type: 'task', id, task, isRun });
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  return {
    run: (task) => give(task, true),
    prepare() {
      // Of a picture in tiles nobody knows yet which are wanted.
      if (isTiled || worker !== undefined) return;
      void give({ type: 'live-wire', seed: { x: 0, y: 0 }, reachPixels: 1 }, false);
    },
    stop() {
      worker?.terminate();
      worker = undefined;
      for (const resolve of waiting.values()) resolve(null);
      waiting.clear();
    },
  };
}

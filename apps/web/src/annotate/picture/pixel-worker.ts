/// <reference lib="webworker" />
// Looks at pixels beside the page, which goes on drawing meanwhile. What it is told and answers is in `pixel-work.ts`.

import { type PixelResult, runPixelTask, type Size } from '@migaki/annotator';
import { openPixelSource, type PixelSource } from './pixel-source.ts';
import type { PixelAnswer, PixelOrder } from './pixel-work.ts';

let source: PixelSource | undefined;
let picture: Size = { width: 1, height: 1 };

self.onmessage = ({ data: order }: MessageEvent<PixelOrder>) => {
  if (order.type === 'open') {
    source = openPixelSource(order.init);
    picture = order.init.picture;
    return;
  }
  void work(order);
};

async function work({ id, task, isRun }: PixelOrder & { type: 'task' }): Promise<void> {
  let result: PixelResult | null = null;
  try {
    const window = await source!.windowFor(task);
    if (isRun) result = runPixelTask(task, window, picture);
  } catch (error) {
    // The person is told that the pixels are not there; why is for whoever looks into it.
    console.warn(error);
  }
  self.postMessage({ id, result } satisfies PixelAnswer);
}

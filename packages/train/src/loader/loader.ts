// Batches made in other processes, ahead of the step that wants them. Which process makes which batch changes nothing
// about it; they come in the order in which they were asked for.

import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { phrase } from '@migaki/coco';
import { TrainError } from '../train-error.ts';
import type { Batch, BatchRequest, LoaderAnswer, LoaderSettings } from './batch.ts';
import { pickUp } from './batch-file.ts';

export interface Loader {
  /** Asks for a batch; the promise is fulfilled when it is made. */
  make(request: Omit<BatchRequest, 'id'>): Promise<Batch>;
  close(): Promise<void>;
}

interface Asked {
  readonly request: BatchRequest;
  readonly resolve: (batch: Batch) => void;
  readonly reject: (error: Error) => void;
}

interface Helper {
  readonly child: ChildProcess;
  readonly asked: Map<number, Asked>;
}

/** A process that dies is started again this often, for a picture may bring a codec down. */
const mostRestarts = 3;

export function openLoader(settings: LoaderSettings, processCount: number): Loader {
  let isClosed = false;
  let restarts = 0;
  let nextId = 0;
  // What a run before left there when it was killed.
  rmSync(settings.batchFolder, { recursive: true, force: true });
  mkdirSync(settings.batchFolder, { recursive: true });
  const helpers = new Set<Helper>();

  const start = (): Helper => {
    const child = fork(new URL('./loader-process.ts', import.meta.url), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    const helper: Helper = { child, asked: new Map() };
    helpers.add(helper);
    child.on('message', (answer: LoaderAnswer) => {
      const id = 'batch' in answer ? answer.batch.id : answer.id;
      const asked = helper.asked.get(id);
      helper.asked.delete(id);
      if ('error' in answer) return asked?.reject(new Error(answer.error));
      const tensors = 'laidDown' in answer ? pickUp(answer.laidDown) : answer.batch.tensors;
      asked?.resolve({ ...answer.batch, tensors });
    });
    child.on('error', () => {}); // the end says it all
    child.on('exit', (code, signal) => ended(helper, signal ?? `exit code ${code}`));
    child.send(settings);
    return helper;
  };

  const ended = (helper: Helper, how: string) => {
    helpers.delete(helper);
    if (isClosed) return;
    restarts++;
    if (restarts > mostRestarts) {
      const error = new TrainError('loader-died', {
        expected: phrase`processes that read pictures and go on`,
        found: phrase`the ${restarts}th that ended by itself (${how})`,
        advice: phrase`It may need more memory than there is: fewer loaders or a smaller batch need less.`,
      });
      for (const { reject } of helper.asked.values()) reject(error);
      return;
    }
    const next = start();
    for (const asked of helper.asked.values()) send(next, asked);
  };

  const send = (helper: Helper, asked: Asked) => {
    helper.asked.set(asked.request.id, asked);
    helper.child.send(asked.request);
  };

  for (let i = 0; i < processCount; i++) start();
  return {
    make: (request) =>
      new Promise((resolve, reject) => {
        const least = [...helpers].reduce((a, b) => (b.asked.size < a.asked.size ? b : a));
        send(least, { request: { ...request, id: nextId++ }, resolve, reject });
      }),
    async close() {
      isClosed = true;
      await Promise.all(
        [...helpers].map(
          ({ child }) =>
            new Promise((resolve) => {
              child.once('exit', resolve);
              child.kill('SIGKILL'); // it holds nothing that could be lost
            }),
        ),
      );
      rmSync(settings.batchFolder, { recursive: true, force: true });
    },
  };
}

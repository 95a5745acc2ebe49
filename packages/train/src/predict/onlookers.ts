// A model that looks at many pictures in processes of their own, so that every core is busy and whoever asked stays free to
// write what was found. On a CPU pictures side by side, a thread each, are faster than all threads on one picture.

import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { phrase } from '@migaki/coco';
import type { ModelCard } from '../export/model-card.ts';
import type { PictureBox } from '../pictures/cut-out.ts';
import { errorFrom } from '../told-error.ts';
import { TrainError } from '../train-error.ts';
import type { PictureAnswer } from './picture-answer.ts';
import { readModelCard } from './predictor.ts';
import type {
  AnswerMessage,
  LookingKind,
  OpeningMessage,
  PictureMessage,
} from './predictor-process.ts';

export interface Onlookers {
  readonly card: ModelCard;
  /** How many pictures should be asked about at once, so that nobody waits. */
  readonly atOnce: number;
  /**
   * @param file a path, or the file's bytes
   * @throws UnreadablePicture; TrainError `predictor-died`
   */
  look(file: string | Uint8Array): Promise<PictureAnswer>;
  /**
   * The same of parts of a picture, in their order. The picture is decoded once.
   *
   * @throws as `look`
   */
  lookAtParts(
    file: string | Uint8Array,
    parts: readonly PictureBox[],
  ): Promise<readonly PictureAnswer[]>;
  close(): Promise<void>;
}

export class UnreadablePicture extends Error {}

/** Each has the model in its memory. */
const mostProcesses = 4;
/** Of each process: one that the model looks at, and those that are decoded meanwhile. */
const aheadOfEach = 3;

interface Asked {
  readonly resolve: (answers: readonly PictureAnswer[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Opens a model that was trained here.
 *
 * @param where how messages call it
 * @param kind what it is asked: its own answer, how it sees a picture (answers of the kind `embedding`), or both (`saw`)
 * @throws TrainError `not-a-model`
 *
 * @example
 * const onlookers = openOnlookers(await readFile('model.onnx'), 'model.onnx', 'predict');
 * const answers = await Promise.all(paths.map(onlookers.look));
 * await onlookers.close();
 */
export function openOnlookers(bytes: Uint8Array, where: string, kind: LookingKind): Onlookers {
  const card = readModelCard(bytes, where);
  const cores = availableParallelism();
  const count = Math.min(cores, mostProcesses);
  const opening: OpeningMessage = { bytes, where, kind, threads: Math.floor(cores / count) };
  const onlookers = Array.from({ length: count }, () => start(opening));
  let nextId = 0;
  const ask = (question: Omit<PictureMessage, 'id'>): Promise<readonly PictureAnswer[]> => {
    const { child, asked } = onlookers.reduce((a, b) => (b.asked.size < a.asked.size ? b : a));
    return new Promise((resolve, reject) => {
      const id = nextId++;
      asked.set(id, { resolve, reject });
      child.send({ id, ...question }, (error) => error && reject(died(error.message)));
    });
  };
  return {
    card,
    atOnce: count * aheadOfEach,
    look: async (file) => (await ask({ file }))[0],
    lookAtParts: (file, parts) => ask({ file, parts }),
    async close() {
      await Promise.all(onlookers.map(stop));
    },
  };
}

interface Onlooker {
  readonly child: ChildProcess;
  /** Pictures that it has not answered yet. */
  readonly asked: Map<number, Asked>;
}

function start(opening: OpeningMessage): Onlooker {
  const child = fork(new URL('./predictor-process.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const asked = new Map<number, Asked>();
  child.on('message', (message: AnswerMessage) => {
    const waiting = asked.get(message.id);
    asked.delete(message.id);
    if ('answers' in message) waiting?.resolve(message.answers);
    else if ('problem' in message) waiting?.reject(new UnreadablePicture(message.problem));
    else waiting?.reject(errorFrom(message.error));
  });
  child.on('error', () => {}); // the end says it all
  child.on('exit', (code, signal) => {
    for (const { reject } of asked.values()) reject(died(signal ?? `exit code ${code}`));
    asked.clear();
  });
  child.send(opening);
  return { child, asked };
}

/** It holds nothing that could be lost. */
function stop({ child }: Onlooker): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.on('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

const died = (how: string): TrainError =>
  new TrainError('predictor-died', {
    expected: phrase`a process that looks at pictures and goes on`,
    found: phrase`one that ended by itself (${how})`,
    advice: phrase`It may need more memory than there is.`,
  });

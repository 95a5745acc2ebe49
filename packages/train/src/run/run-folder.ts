// The folder of a run: what it was asked, what it learns from, what it has made.

import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CocoDataset, type CocoImage, phrase, readCoco, writeCoco } from '@migaki/coco';
import { writeWhole, writeWholeStream } from '../checkpoint/write-whole.ts';
import type { TrainSettings } from '../loop/settings.ts';
import {
  type TrainingSet,
  type TrainingSetOptions,
  trainingSetOf,
} from '../samples/training-set.ts';
import { TrainError } from '../train-error.ts';

/** What a run is asked, besides its datasets. */
export interface RunRequest {
  readonly settings: TrainSettings;
  /** What tells the run from others, such as its id. */
  readonly runKey: string;
  /** What the model's file is to say of where it comes from, such as the dataset's name and version. */
  readonly origin: Readonly<Record<string, string>>;
}

/** A COCO dataset whose images say where their files lie; images without are missing. */
export type LocatedDataset = CocoDataset & {
  images: (CocoImage & {
    path?: string | undefined;
    /** Nobody has said yet what is in it: without annotations it teaches nothing, rather than that it is empty. */
    isUndecided?: boolean | undefined;
    /** Some of what a model proposed in it was accepted, and the rest waits: what is not labelled may be there all the same. */
    isHalfDecided?: boolean | undefined;
  })[];
};

/** How `trainingSetOf` reads what a located dataset says of its images. */
export const asLocated = {
  pathOf: ({ path }) => (typeof path === 'string' ? path : null),
  isUndecided: ({ isUndecided }) => isUndecided === true,
  isHalfDecided: ({ isHalfDecided }) => isHalfDecided === true,
} satisfies TrainingSetOptions;

export const runFiles = (folder: string) => ({
  request: join(folder, 'request.json'),
  training: join(folder, 'training.json'),
  validation: join(folder, 'validation.json'),
  plan: join(folder, 'plan.json'),
  /** The file to begin from. */
  init: join(folder, 'init.onnx'),
  model: join(folder, 'model.onnx'),
});

/** Writes down what a run is asked. The datasets may come piece by piece. */
export async function writeRunFolder(
  folder: string,
  request: RunRequest,
  training: LocatedDataset,
  validation: LocatedDataset | null,
  init: Uint8Array | null = null,
): Promise<void> {
  const files = runFiles(folder);
  if (init !== null) await writeWhole(files.init, [init]);
  await writeWholeStream(files.training, writeCoco(training));
  if (validation !== null) await writeWholeStream(files.validation, writeCoco(validation));
  // The last one, so that a folder that has it is complete.
  await writeWhole(files.request, [JSON.stringify(request)]);
}

export async function readRunFolder(
  folder: string,
): Promise<{ request: RunRequest; training: TrainingSet; validation: TrainingSet | null }> {
  const files = runFiles(folder);
  const request = JSON.parse(await readFile(files.request, 'utf8')) as RunRequest;
  const { valueField } = request.settings;
  const read = async (path: string): Promise<TrainingSet> => {
    const file = await readCoco(createReadStream(path));
    if (file.kind !== 'instances' && file.kind !== 'keypoints') {
      throw new TrainError('nothing-to-learn', {
        where: path,
        expected: phrase`a COCO file of instances or keypoints`,
        found: phrase`one of ${file.kind}`,
      });
    }
    return trainingSetOf(file.dataset, {
      ...asLocated,
      ...(valueField !== undefined && { valueField }),
    });
  };
  const training = await read(files.training);
  const validation = await read(files.validation).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return { request, training, validation };
}

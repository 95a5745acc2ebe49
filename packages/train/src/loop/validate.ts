// What a network answers to the pictures kept for validation. It is opened as it would be handed out: averaged weights,
// normalisation folded away.

import { fitted } from '../augment/layout.ts';
import type { HostTensor } from '../loader/host-tensor.ts';
import type { Loader } from '../loader/loader.ts';
import type { Answered } from '../metrics/score-answers.ts';
import { validationGraph, type Weights } from '../model/graphs.ts';
import type { ModelPlan, PlannedModel } from '../model/model-plan.ts';
import { readAnswer } from '../predict/picture-answer.ts';
import { hostTensorOf, openSession, ortTensor } from '../runtime/session.ts';
import type { LabelledPicture } from '../samples/training-set.ts';

export interface ValidateOptions {
  readonly model: PlannedModel;
  readonly weights: Weights;
  readonly pictures: readonly LabelledPicture[];
  readonly loader: Loader;
  readonly batch: number;
  readonly threads: number;
}

/** Batches asked for ahead. */
const ahead = 3;

export async function validate({
  model,
  weights,
  pictures,
  loader,
  batch,
  threads,
}: ValidateOptions): Promise<Answered[]> {
  const session = await openSession(validationGraph(model, weights), threads);
  try {
    const groups = Array.from({ length: Math.ceil(pictures.length / batch) }, (_, i) =>
      pictures.slice(i * batch, (i + 1) * batch),
    );
    const ask = (group: readonly LabelledPicture[] | undefined) =>
      group &&
      loader.make({
        items: group.map((picture) => ({ key: 0, pictures: [picture] })),
        recipe: null,
      });
    const asked = groups.slice(0, ahead).map(ask);
    const answered: Answered[] = [];
    for (const [i, group] of groups.entries()) {
      const made = await asked[i]!;
      asked.push(ask(groups[i + ahead]));
      const results = await session.run({
        pictures: ortTensor(made.tensors.pictures),
        frame: ortTensor(framesOf(group, model.plan)),
      });
      const outputs = Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [name, hostTensorOf(tensor)]),
      );
      for (const [row, picture] of group.entries()) {
        const place = { row, picture, input: model.plan.input };
        answered.push({ picture, answer: readAnswer(model.plan.task.task, outputs, place) });
      }
    }
    return answered;
  } finally {
    await session.close();
  }
}

/** [N,4]: pixels of each picture for one of the input, across and down, and its size. */
function framesOf(pictures: readonly LabelledPicture[], { input }: ModelPlan): HostTensor {
  const rows = pictures.flatMap((picture) => {
    const { size } = fitted(picture, input);
    const { width, height } = picture;
    return [width / size.width, height / size.height, width, height];
  });
  return { type: 'float32', shape: [pictures.length, 4], data: Float32Array.from(rows) };
}

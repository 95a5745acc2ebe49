import type { SampleAnswer, SampleObject } from '@migaki/store';
import { type ClassName, cocoResults, type SampleAnswer as TrainerSample } from '@migaki/train';

/** Further objects, or classes, of a picture are not worth their place. */
const mostObjects = 100;
const mostClasses = 5;
const leastScore = 0.05;

/** What is drawn on a picture of what a model says of it. */
export function sampleAnswer(sample: TrainerSample, classes: readonly ClassName[]): SampleAnswer {
  const { answer } = sample;
  if (answer.kind === 'value') return { objects: [], value: answer.value };
  if (answer.kind === 'embedding') {
    return { objects: [], value: null, neighbours: [...sample.neighbours] };
  }
  const nameOf = new Map(classes.map(({ categoryId, name }) => [categoryId, name]));
  const isOfObjects = answer.kind === 'objects';
  const objects = cocoResults(answer, sample, classes)
    .filter(({ score }) => !isOfObjects || score >= leastScore)
    .slice(0, isOfObjects ? mostObjects : mostClasses)
    .map(
      ({ category_id, score, bbox, segmentation, keypoints }): SampleObject => ({
        categoryId: category_id,
        categoryName: nameOf.get(category_id) ?? String(category_id),
        score,
        bbox: bbox ?? null,
        segmentation: segmentation ?? null,
        keypoints: keypoints ?? null,
        iscrowd: 0,
      }),
    );
  return { objects, value: null };
}

import type { PictureAnswer } from '@migaki/train';

/**
 * A model's answer in the classes that it is compared in. What it says of others is left out.
 *
 * @param indexOf for each class of the model its index among those, or null; empty where classes are not compared
 */
export function answerInClasses(
  answer: PictureAnswer,
  indexOf: readonly (number | null)[],
  classCount: number,
): PictureAnswer {
  if (answer.kind === 'objects') {
    return {
      kind: 'objects',
      objects: answer.objects.flatMap((object) => {
        const classIndex = indexOf[object.classIndex] ?? null;
        return classIndex === null ? [] : [{ ...object, classIndex }];
      }),
    };
  }
  if (answer.kind !== 'classes') return answer;
  const probabilities = new Float32Array(classCount);
  for (const [i, probability] of answer.probabilities.entries()) {
    const index = indexOf[i] ?? null;
    if (index !== null) probabilities[index] = Math.max(probabilities[index], probability);
  }
  return { kind: 'classes', probabilities };
}

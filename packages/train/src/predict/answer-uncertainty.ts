// How unsure a model is of what it says of a picture, one number for all kinds of answers.

import type { TaskName } from '../tasks/task-plan.ts';
import type { PictureAnswer } from './picture-answer.ts';

/** Whether a model of a task says how unsure it is of a picture: a value says nothing of its spread. */
export const saysHowUnsure = (task: TaskName): boolean => task !== 'regress' && task !== 'embed';

/** Less likely findings are noise: there are hundreds of them on every picture. */
const leastScore = 0.05;

/**
 * From 0, sure, to 1, quite unsure; null for an answer that does not say.
 *
 * Of objects it is the share that is expected to be wrong: a finding of score p is wrongly taken or left with the probability
 * min(p, 1 − p), and there are Σ p objects, or one at least. So a picture full of objects is not uncertain for their number alone.
 * Of classes it is one minus the margin between the two likeliest (Scheffer, Decomain and Wrobel 2001), or, where a picture may
 * have several, of the class that is the least decided.
 *
 * @example
 * answerUncertainty({ kind: 'classes', probabilities: Float32Array.of(0.6, 0.4) }, false); // 0.8
 */
export function answerUncertainty(answer: PictureAnswer, isMultiLabel: boolean): number | null {
  switch (answer.kind) {
    case 'objects': {
      let [wrong, expected] = [0, 0];
      for (const { score } of answer.objects) {
        if (score < leastScore) continue;
        wrong += Math.min(score, 1 - score);
        expected += score;
      }
      return Math.min(1, wrong / Math.max(1, expected));
    }
    case 'classes': {
      const { probabilities } = answer;
      if (isMultiLabel) return Math.max(0, ...probabilities.map((p) => 2 * Math.min(p, 1 - p)));
      const [first, second = 0] = probabilities.toSorted().reverse();
      return 1 - (first - second);
    }
    case 'value':
    case 'embedding':
      return null;
  }
}

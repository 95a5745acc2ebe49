// A model's answers beside the labels: how good they are together, and what became of each.

import { type Answered, scoreAnswers } from '../metrics/score-answers.ts';
import type { ClassName } from '../samples/training-set.ts';
import type { PlanOf, TaskName, TaskPlan } from '../tasks/task-plan.ts';
import { judgeObjects } from './judge-objects.ts';
import { judgeClasses, judgeNeighbours, judgeValues } from './judge-pictures.ts';
import type { Judged, JudgeOptions } from './judgement.ts';

type Judge<Name extends TaskName> = (
  answered: readonly Answered[],
  classes: readonly ClassName[],
  plan: PlanOf<Name>,
  options: JudgeOptions,
) => Omit<Judged, 'scores'>;

const judges: { readonly [Name in TaskName]: Judge<Name> } = {
  classify: (answered, classes, { isMultiLabel }) => judgeClasses(answered, classes, isMultiLabel),
  regress: judgeValues,
  embed: judgeNeighbours,
  detect: (answered, classes, _, options) => judgeObjects(answered, classes, 'bbox', options),
  segment: (answered, classes, _, options) => judgeObjects(answered, classes, 'segm', options),
  pose: (answered, classes, { sigmas }, options) =>
    judgeObjects(answered, classes, 'keypoints', { ...options, keypointSigmas: sigmas }),
};

/**
 * @param classes of the pictures' labels and of the answers alike
 *
 * @example
 * const { scores, judgements } = judgeAnswers(answered, classes, card.task);
 * judgements.filter(({ outcome }) => outcome === 'missed');
 */
export function judgeAnswers(
  answered: readonly Answered[],
  classes: readonly ClassName[],
  plan: TaskPlan,
  options: JudgeOptions = {},
): Judged {
  const judge = judges[plan.task] as unknown as Judge<never>;
  return {
    scores: scoreAnswers(answered, classes, plan),
    ...judge(answered, classes, plan as never, options),
  };
}

// Which pictures validate. A picture stays on its side when others come or go, because its name decides.

import { hashOf } from '../networks/layers.ts';
import type { TaskPlan } from '../tasks/task-plan.ts';
import type { LabelledPicture } from './training-set.ts';

export interface Split {
  readonly training: readonly LabelledPicture[];
  readonly validation: readonly LabelledPicture[];
}

/**
 * A share of the pictures, those whose names have the lowest hashes. Of each class of a classifier the same share, and of an
 * embedding whole identities, because it is to tell things apart that it has never seen.
 *
 * @param share from 0 to 1; with more than 0 at least one picture validates where there are two
 */
export function splitPictures(
  pictures: readonly LabelledPicture[],
  share: number,
  plan: TaskPlan,
): Split {
  const validating = new Set<LabelledPicture>();
  for (const group of groupsOf(pictures, plan)) {
    for (const unit of chosen(group, share)) for (const one of unit) validating.add(one);
  }
  const side = (isValidation: boolean) =>
    pictures.filter((picture) => validating.has(picture) === isValidation);
  return { training: side(false), validation: side(true) };
}

/** Pictures that go to the same side. */
type Unit = readonly LabelledPicture[];

/** A share of the units, at least one and never all. */
function chosen(units: readonly Unit[], share: number): readonly Unit[] {
  const least = units.length > 1 && share > 0 ? 1 : 0;
  const count = Math.min(units.length - 1, Math.max(least, Math.round(share * units.length)));
  return units.toSorted(byHash).slice(0, count);
}

const byHash = ([a]: Unit, [b]: Unit): number =>
  hashOf(a.fileName) - hashOf(b.fileName) || (a.fileName < b.fileName ? -1 : 1);

/** With fewer identities there would be too few either to learn from or to tell apart. */
const leastIdentities = 10;

/** From each of which a share validates. */
function groupsOf(pictures: readonly LabelledPicture[], plan: TaskPlan): Unit[][] {
  const alone = (list: Unit): Unit[] => list.map((picture) => [picture]);
  const hasOneLabel = plan.task === 'embed' || (plan.task === 'classify' && !plan.isMultiLabel);
  if (!hasOneLabel) return [alone(pictures)];
  const byLabel = [...Map.groupBy(pictures, ({ labels }) => labels[0]).values()];
  const isOpen = plan.task === 'embed' && byLabel.length >= leastIdentities;
  return isOpen ? [byLabel] : byLabel.map(alone);
}

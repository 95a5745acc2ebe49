import { type PrecisionScores, usualThreshold } from '@migaki/api';
import { phrase, type Words } from '@migaki/coco';
import { StoreError } from '@migaki/store';
import type { ClassMatch } from '../jobs/match-classes.ts';
import type { PreannotateParams } from '../jobs/preannotate/preannotate-job.ts';

/** As a pre-annotation is asked for. */
interface Asked {
  readonly threshold?: number | undefined;
  readonly precision?: number | undefined;
  /** Of some classes, by the model's name. */
  readonly thresholds: Readonly<Record<string, number>>;
}

/**
 * Which class is proposed as which category, and from which score on.
 *
 * @param scores where a precision is wanted; classes that do not reach it are left out, unless they have a threshold of their own
 * @throws StoreError `bad-preannotation` where that leaves none
 */
export function proposedClasses(
  matches: readonly ClassMatch[],
  { threshold, precision, thresholds }: Asked,
  scores: PrecisionScores | undefined,
): PreannotateParams['classes'] {
  const scoreOf = (name: string): number | null => {
    if (scores === undefined) return threshold ?? usualThreshold;
    const enough = scores.classes.find((one) => one.name === name)?.score ?? null;
    return enough && Math.max(enough, threshold ?? 0);
  };
  const proposed = matches.flatMap(({ name, categoryId }): PreannotateParams['classes'] => {
    const score = thresholds[name] ?? scoreOf(name);
    return score === null ? [] : [[name, { categoryId, threshold: score }]];
  });
  if (proposed.length > 0) return proposed;
  throw new StoreError('bad-preannotation', {
    where: 'precision',
    expected: phrase`a precision that some class reaches, where ${String(precision)} was wanted`,
    found: bestOf(scores!),
    advice: phrase`Want a lower precision, name a threshold, or train the model on more labels.`,
  });
}

/** What the class that comes nearest reaches. */
function bestOf({ classes }: PrecisionScores): Words {
  const [best] = classes
    .flatMap(({ name, measured }) => (measured === null ? [] : [{ name, ...measured }]))
    .sort((a, b) => b.precision.share - a.precision.share);
  return best === undefined
    ? phrase`too few objects on the pictures that it was measured on`
    : phrase`at best ${best.precision.share.toFixed(2)}, of ${best.name} from a score of ${best.score.toFixed(2)} on`;
}

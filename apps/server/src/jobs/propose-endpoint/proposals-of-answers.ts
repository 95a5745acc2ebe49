// From the answers of an endpoint to proposals, picture by picture, and what is to be told of them.

import { phrase, type Words } from '@migaki/coco';
import { type Category, type Image, type ImageProposals, StoreError } from '@migaki/store';
import type { AdoptedClass } from '../adopt-categories.ts';
import { proposalReader, type ResultCounts } from '../propose-results/proposal-reader.ts';
import type { Results } from './answerer.ts';
import { type AskedOfClasses, classesOfAnswers } from './classes-of-answers.ts';

/** Counted from answer to answer, over a crash as well. */
export interface AnswerCounts extends ResultCounts {
  resultsRead: number;
  /** Results of each class that is no category. */
  passedOver: Record<string, number>;
}

export interface ProposalsOfAnswers {
  /** @throws StoreError `bad-preannotation` for answers that make the whole endpoint doubtful */
  check(image: Image, results: Results): void;
  /** Classes that answers list and that are no category, each once. */
  strangersIn(answers: readonly Results[]): AdoptedClass[];
  /** There are other categories now. */
  know(categories: readonly Category[]): void;
  proposalsOf(image: Image, results: Results): ImageProposals;
  /** @throws StoreError `bad-preannotation` where there have been classes, and none of them is a category */
  checkClasses(): void;
  notes(): { feature: Words; count: number; example: Words }[];
}

/** @throws StoreError `bad-preannotation` for names that are none */
export function proposalsOfAnswers(
  categories: readonly Category[],
  asked: AskedOfClasses,
  areOwnIds: boolean,
  counts: AnswerCounts,
): ProposalsOfAnswers {
  const classes = classesOfAnswers(categories, asked, areOwnIds);
  let read = proposalReader(categories, counts);
  let hasPixels = false;
  return {
    check(image, { fields }) {
      hasPixels ||= isInPixels(fields, image);
    },

    strangersIn: (answers) => [
      ...new Map(
        answers.flatMap((one) => classes.strangersIn(one)).map((one) => [one.name, one]),
      ).values(),
    ],

    know(more) {
      classes.know(more);
      read = proposalReader(more, counts);
    },

    proposalsOf(image, { fields, classNames }) {
      counts.resultsRead += fields.length;
      const found = fields.flatMap((result, i) => {
        const { name, proposed } = classes.classOf(result.category_id as number, classNames);
        if (proposed !== null) return read(image, result, proposed, i + 1);
        counts.passedOver[name] = (counts.passedOver[name] ?? 0) + 1;
        return [];
      });
      return { imageId: image.imageId, found };
    },

    checkClasses: () => classes.checkAny(),

    notes() {
      const others = Object.entries(counts.passedOver);
      const unmet = classes.unmet();
      return [
        {
          feature: phrase`results of classes that are no category of the dataset`,
          count: others.reduce((sum, [, count]) => sum + count, 0),
          example: others.map(([name]) => name).join(', '),
        },
        {
          feature: phrase`names given for classes (threshold, map) that no answer has`,
          count: unmet.length,
          example: unmet.join(', '),
        },
      ].filter(({ count }) => count > 0);
    },
  };

  /** @throws StoreError where boxes have been in fractions since the beginning */
  function isInPixels(fields: Results['fields'], { fileName }: Image): boolean {
    const sides = fields.flatMap(({ bbox }) => (Array.isArray(bbox) ? (bbox as number[]) : []));
    const greatest = Math.max(...sides);
    if (sides.length === 0 || hasPixels || greatest > 1) return greatest > 1;
    throw new StoreError('bad-preannotation', {
      where: phrase`${fileName}, bbox`,
      expected: phrase`boxes [x, y, width, height] in pixels of the picture`,
      found: phrase`no number above ${String(greatest)}`,
      advice: phrase`Multiply fractions by the width and height of their pictures.`,
    });
  }
}

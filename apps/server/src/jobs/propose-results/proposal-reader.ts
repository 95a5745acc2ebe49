// From COCO results, wherever they come from, to proposals: what is below its threshold and what cannot be used is counted.

import { faultPhrase, phrase, type Words } from '@migaki/coco';
import type { Category, Image, ImageProposals } from '@migaki/store';
import type { ProposedClass } from '../preannotate/proposals-of.ts';
import { proposalOfResult } from './proposal-of-result.ts';

export interface ResultCounts {
  /** Below the score that was asked for. */
  resultsBelow: number;
  problemCount: number;
  /** The first of them. */
  problems: { file: Words; message: Words }[];
}

export const longestList = 200;

export function addResultProblem(counts: ResultCounts, file: Words, message: Words): void {
  counts.problemCount++;
  if (counts.problems.length < longestList) counts.problems.push({ file, message });
}

type Result = Parameters<typeof proposalOfResult>[0];

/**
 * @returns what gives the proposal of a result, or none
 * @example
 * const proposalsOf = proposalReader(categories, report);
 * proposalsOf(image, result, { categoryId: 1, threshold: 0.5 }, 7); // the seventh of its list
 */
export function proposalReader(categories: readonly Category[], counts: ResultCounts) {
  const keypointCounts = new Map(
    categories.map(({ categoryId, coco }) => [categoryId, coco.keypoints?.length ?? 0]),
  );
  return (
    { width, height, fileName }: Image,
    result: Result,
    { categoryId, threshold }: ProposedClass,
    nth: number,
  ): ImageProposals['found'][number][] => {
    if ((result.score as number) < threshold) {
      counts.resultsBelow++;
      return [];
    }
    const keypointCount = keypointCounts.get(categoryId) ?? 0;
    const read = proposalOfResult(result, { width, height, categoryId, keypointCount });
    if ('fields' in read) return [read.fields];
    addResultProblem(counts, phrase`result ${nth}, ${fileName}`, faultPhrase(read.fault));
    return [];
  };
}

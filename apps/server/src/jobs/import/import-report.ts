// What an import tells when it is done. Lists are cut, their counts are not.

import {
  type Loss as CocoLoss,
  type Fault,
  type FixedPhrase,
  faultPhrase,
  lossFeatures,
  type Words,
} from '@migaki/coco';
import { type LeftOutEntry, leftOutReasons } from '@migaki/store';

export interface Remark {
  feature: FixedPhrase;
  count: number;
  example: Words;
}

export interface ImportReport {
  format: string;
  imagesAdded: number;
  imagesKnown: number;
  annotationsAdded: number;
  annotationsKnown: number;
  annotationsChanged: number;
  annotationsDeleted: number;
  categoriesAdded: number;
  /** Pictures that came, with or without a label that names them. */
  pictures: number;
  picturesAdded: number;
  /** Of images that had been named before and whose picture came now. */
  picturesCompleted: number;
  picturesKnown: number;
  missingPictureCount: number;
  /** Named by labels, and not there; they can come later. */
  missingPictures: string[];
  /** Pictures that came in although a part of them cannot be made sense of. */
  damagedCount: number;
  damaged: { file: Words; message: Words }[];
  /** What is not as the files said, and does no harm. */
  notes: Remark[];
  losses: Remark[];
  problemCount: number;
  problems: { file: Words; message: Words }[];
}

export const longestList = 200;

export const emptyReport = (format: string): ImportReport => ({
  format,
  imagesAdded: 0,
  imagesKnown: 0,
  annotationsAdded: 0,
  annotationsKnown: 0,
  annotationsChanged: 0,
  annotationsDeleted: 0,
  categoriesAdded: 0,
  pictures: 0,
  picturesAdded: 0,
  picturesCompleted: 0,
  picturesKnown: 0,
  missingPictureCount: 0,
  missingPictures: [],
  damagedCount: 0,
  damaged: [],
  notes: [],
  losses: [],
  problemCount: 0,
  problems: [],
});

export function addProblem(report: ImportReport, file: Words, fault: Fault): void {
  report.problemCount++;
  if (report.problems.length < longestList) {
    report.problems.push({ file, message: faultPhrase(fault) });
  }
}

export function addLosses(report: ImportReport, losses: readonly CocoLoss[]): void {
  for (const { feature, count, examples } of losses) {
    addRemark(report.losses, lossFeatures[feature], count, examples[0]);
  }
}

export function addLeftOut(report: ImportReport, entries: readonly LeftOutEntry[]): void {
  for (const { reason, count, samples } of entries) {
    const [weight, text] = leftOutReasons[reason];
    addRemark(weight === 'lost' ? report.losses : report.notes, text, count, samples[0]);
  }
}

/** The same of several files is one entry. */
export function addRemark(
  remarks: Remark[],
  feature: FixedPhrase,
  count: number,
  example: Words = '',
): void {
  const known = remarks.find((remark) => remark.feature === feature);
  if (known === undefined) remarks.push({ feature, count, example });
  else known.count += count;
}

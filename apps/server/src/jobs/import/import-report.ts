// What an import tells when it is done. Lists are cut, their counts are not.

import { type Loss as CocoLoss, lossFeatures } from '@migaki/coco';
import { type LeftOutEntry, leftOutReasons } from '@migaki/store';

export interface ImportReport {
  format: string;
  imagesAdded: number;
  imagesKnown: number;
  annotationsAdded: number;
  annotationsKnown: number;
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
  losses: { feature: string; count: number; example: string }[];
  problemCount: number;
  problems: { file: string; message: string }[];
}

export const longestList = 200;

export const emptyReport = (format: string): ImportReport => ({
  format,
  imagesAdded: 0,
  imagesKnown: 0,
  annotationsAdded: 0,
  annotationsKnown: 0,
  categoriesAdded: 0,
  pictures: 0,
  picturesAdded: 0,
  picturesCompleted: 0,
  picturesKnown: 0,
  missingPictureCount: 0,
  missingPictures: [],
  losses: [],
  problemCount: 0,
  problems: [],
});

export function addProblem(report: ImportReport, file: string, message: string): void {
  report.problemCount++;
  if (report.problems.length < longestList) report.problems.push({ file, message });
}

export function addLosses(report: ImportReport, losses: readonly CocoLoss[]): void {
  for (const { feature, count, examples } of losses) {
    addLoss(report, lossFeatures[feature], count, examples[0]);
  }
}

export function addLeftOut(report: ImportReport, entries: readonly LeftOutEntry[]): void {
  for (const { reason, count, samples } of entries) {
    addLoss(report, leftOutReasons[reason], count, samples[0]);
  }
}

/** The same of several files is one entry. */
function addLoss(report: ImportReport, feature: string, count: number, example = ''): void {
  const known = report.losses.find((loss) => loss.feature === feature);
  if (known === undefined) report.losses.push({ feature, count, example });
  else known.count += count;
}

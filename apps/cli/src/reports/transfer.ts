// What an import, export, pre-annotation, comparison of pictures, backup or restore did, as its job tells it.

import { inEnglish, type Words } from '@migaki/coco';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { byteSize, printable, thousands } from '../terminal/words.ts';

const shownProblems = 20;
const shownMissing = 10;

/** Names of counts as people say them; what is not here is not shown. */
const countNames: Record<string, string> = {
  imagesAdded: 'images added',
  imagesKnown: 'images that were there',
  annotationsAdded: 'annotations added',
  annotationsKnown: 'annotations that were there',
  annotationsChanged: 'annotations changed to what the file says',
  annotationsDeleted: 'annotations deleted, which the file does not have',
  categoriesAdded: 'categories added',
  picturesAdded: 'pictures added',
  picturesCompleted: 'pictures that completed an image',
  picturesKnown: 'pictures that were there',
  missingPictureCount: 'pictures missing',
  datasets: 'datasets',
  images: 'images',
  annotations: 'annotations',
  pictures: 'pictures',
  picturesSeen: 'pictures looked at',
  resultsRead: 'results read',
  picturesWithResults: 'pictures with results',
  proposals: 'proposals to look over',
  proposalsWithdrawn: 'of its earlier proposals gone',
  decided: 'found again where somebody has decided',
  resultsBelow: 'results below the score that was asked for',
  picturesLearned: 'of them the model has learned from: it tends to agree with their labels',
  suspicions: 'labels that look wrong',
  dismissed: 'found again, dismissed before',
  picturesUnlabelled: 'pictures left out, which nobody has labelled',
  picturesLabelled: 'pictures left out, which have labels',
  picturesWithoutProposals: 'pictures without proposals, to be drawn by hand',
  mistakesSlippedIn: 'pictures with one mistake slipped in',
  chosen: 'pictures chosen to be labelled next',
  picturesToChooseFrom: 'pictures without labels to choose from',
  objectsSeen: 'objects looked at',
  objectsCompared: 'objects compared',
  imagesPlaced: 'images compared and placed on the map',
  nearDuplicates: 'images with near-duplicates',
};

/** @example nameOf(1, 'images that were there') // 'image that was there' */
const nameOf = (count: number, name: string): string =>
  count === 1
    ? name
        .replace(/^categories/, 'category')
        .replace(/^(\w+)s\b/, '$1')
        .replace(' were ', ' was ')
        .replace(' have ', ' has ')
        .replace(' look ', ' looks ')
    : name;

export interface Problems {
  problemCount: number;
  /** The first of them. */
  problems: { file: Words; message: Words }[];
}

/** A line for each of the first files that could not be used, with the reason. */
export const problemLines = ({ problems, problemCount }: Problems, most: number): string[] => [
  ...problems
    .slice(0, most)
    .map(({ file, message }) => `  ${printable(`${inEnglish(file)}: ${inEnglish(message)}`)}`),
  ...(problemCount > most ? ['  …'] : []),
];

interface TransferReport extends Partial<Problems> {
  missingPictures?: string[];
  missingPictureCount?: number;
  damaged?: Problems['problems'];
  damagedCount?: number;
  byteSize?: number;
  notes?: { feature: Words; count: number; example: Words }[];
  losses?: { feature: string; count: number; example: Words }[];
}

/**
 * @param result of the job; counts of 0 are left out
 * @param unused what the files are that could not be used
 */
export function transferText(result: unknown, terminal: Terminal, unused = 'Not imported'): string {
  const report = result as TransferReport & Record<string, unknown>;
  const counts = Object.entries(countNames).flatMap(([key, name]) => {
    const count = report[key];
    return typeof count === 'number' && count > 0 ? [[thousands(count), nameOf(count, name)]] : [];
  });
  if (report.byteSize !== undefined) counts.push([byteSize(report.byteSize), 'written']);
  const sections = [
    counts.length === 0
      ? '  Nothing was new.'
      : drawTable([{ title: '', align: 'right' }, { title: '' }], counts, terminal),
  ];
  const { losses = [], notes = [], problems = [], problemCount = problems.length } = report;
  const { missingPictures = [], missingPictureCount = 0 } = report;
  if (missingPictures.length > 0) {
    sections.push(
      terminal.paint('bold', 'Missing pictures, which can come later:'),
      ...missingPictures.slice(0, shownMissing).map((name) => `  ${printable(name)}`),
      ...(missingPictureCount > shownMissing ? ['  …'] : []),
    );
  }
  const { damaged = [], damagedCount = damaged.length } = report;
  if (damagedCount > 0) {
    sections.push(
      terminal.paint(
        'bold',
        `Damaged inside, and imported all the same (${thousands(damagedCount)}):`,
      ),
      ...problemLines({ problems: damaged, problemCount: damagedCount }, shownProblems),
    );
  }
  if (notes.length > 0) {
    const rows = notes.map(({ feature, count, example }) => [
      thousands(count),
      inEnglish(feature),
      printable(inEnglish(example)),
    ]);
    sections.push(
      terminal.paint(
        'dim',
        drawTable(
          [{ title: '', align: 'right' }, { title: '' }, { title: '', maxCharacters: 80 }],
          rows,
          terminal,
        ),
      ),
    );
  }
  if (losses.length > 0) {
    sections.push(
      terminal.paint('bold', 'Changed or left out:'),
      drawTable(
        [{ title: '', align: 'right' }, { title: '' }, { title: '', maxCharacters: 80 }],
        losses.map(({ feature, count, example }) => [
          thousands(count),
          feature,
          printable(inEnglish(example)),
        ]),
        terminal,
      ),
    );
  }
  if (problemCount > 0) {
    sections.push(
      terminal.paint('bold', `${unused} (${thousands(problemCount)}):`),
      ...problemLines({ problems, problemCount }, shownProblems),
    );
  }
  return sections.join('\n');
}

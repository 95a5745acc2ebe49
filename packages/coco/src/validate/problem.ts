// What can be wrong with a COCO file without making it unreadable. One table names every problem;
// the checks in this folder only find them.

import { pathStep } from '../json/json-place.ts';

/** `error`: other tools fail or compute wrong numbers. `warning`: legal, but rarely meant. */
export type Severity = 'error' | 'warning';

/** Every problem a file can have, with its severity and the sentence that explains it. */
export const problemKinds = {
  'byte-order-mark': ['warning', 'The file starts with a byte order mark; JSON has none.'],
  'duplicate-key': ['error', 'An object has the same key twice; only the last value counts.'],
  'not-a-number': ['error', 'A number is NaN or infinite, which JSON cannot say.'],
  'missing-section': ['error', 'A section that this kind of file needs is not there.'],
  'not-an-object': ['error', 'A record is no JSON object.'],
  'missing-field': ['error', 'A record lacks a field that it needs.'],
  'wrong-type': ['error', 'A field has a value of the wrong type.'],

  'id-not-an-integer': ['error', 'An id is not an integer; other tools match ids by number.'],
  'id-not-positive': [
    'error',
    'An annotation has an id below 1: pycocotools counts a match with id 0 as a false positive.',
  ],
  'duplicate-id': ['error', 'Two records of a section have the same id.'],
  'duplicate-record': ['error', 'The same record stands twice.'],
  'unknown-image': ['error', 'A record refers to an image that is not in the file.'],
  'unknown-category': ['error', 'A record refers to a category that is not in the file.'],

  'bad-image-size': ['error', 'Width or height of an image is no positive integer.'],
  'unsafe-file-name': ['error', 'A file name leads out of the folder of the pictures.'],
  'duplicate-file-name': ['warning', 'Two images have the same file name.'],
  'duplicate-category-name': ['warning', 'Two categories have the same name.'],
  'bad-skeleton': ['error', 'A skeleton joins keypoints that the category does not have.'],

  'missing-bbox': ['error', 'An object with an outline or keypoints has no box.'],
  'bad-bbox': ['error', 'A box is not four finite numbers.'],
  'negative-bbox': ['error', 'A box has a negative width or height.'],
  'zero-size-bbox': ['error', 'A box has no width or no height, so nothing can ever match it.'],
  'bbox-outside-image': ['error', 'A box reaches beyond the picture.'],
  'bbox-differs-from-mask': ['warning', 'A box does not fit the outline it belongs to.'],

  'bad-segmentation': ['error', 'A segmentation is neither polygons nor RLE.'],
  'polygon-too-short': ['error', 'A polygon has fewer than three points (6 numbers).'],
  'polygon-odd-length': ['error', 'A polygon has an x without a y.'],
  'polygon-not-finite': ['error', 'A polygon has a coordinate that is no finite number.'],
  'polygon-outside-image': ['error', 'A polygon reaches beyond the picture.'],
  'polygon-crosses-itself': [
    'warning',
    'The outline of a polygon crosses itself; programs differ in what of it is inside.',
  ],
  'bad-rle': ['error', 'The run lengths of a mask cannot be understood.'],
  'rle-wrong-size': ['error', 'A mask has another size than its picture.'],
  'rle-wrong-length': ['error', 'The run lengths of a mask do not add up to its size.'],

  'missing-area': ['error', 'An object has no area; pycocotools needs it to sort by size.'],
  'wrong-area': [
    'error',
    'The area is not that of the mask, or of the box where there is no mask.',
  ],
  'missing-iscrowd': ['error', 'An object has no iscrowd; pycocotools stops without it.'],
  'bad-iscrowd': ['error', 'iscrowd is neither 0 nor 1.'],
  'crowd-with-polygons': ['warning', 'A crowd region has polygons; COCO gives crowds as RLE.'],

  'bad-keypoints': ['error', 'Keypoints are not x, y, visibility for each of the category.'],
  'bad-visibility': ['error', 'The visibility of a keypoint is not 0, 1 or 2.'],
  'wrong-num-keypoints': ['error', 'num_keypoints is not the number of labelled keypoints.'],
  'unlabelled-keypoint-with-place': [
    'warning',
    'A keypoint has a place but visibility 0, which means that it was not labelled.',
  ],
  'keypoint-outside-image': ['warning', 'A labelled keypoint lies outside the picture.'],

  'empty-caption': ['warning', 'A caption has no text.'],

  'duplicate-panoptic-picture': ['error', 'Two panoptic records describe the same picture.'],
  'bad-segment-id': ['error', 'A segment id is no colour of the panoptic PNG (1 to 16,777,215).'],
  'duplicate-segment-id': ['error', 'Two segments of a picture have the same id.'],

  'score-outside-range': ['warning', 'A score is not between 0 and 1.'],
  'result-without-geometry': ['error', 'A result has no box, mask, keypoints or caption.'],
} as const satisfies Record<string, readonly [Severity, string]>;

export type ProblemCode = keyof typeof problemKinds;

/** One thing that is wrong at one place. */
export interface Problem {
  code: ProblemCode;
  severity: Severity;
  /** JSON path from the root, counted in the file's own order: `$.annotations[12].bbox`. */
  path: string;
  /** What would have been right: `a box inside the picture (640 × 480)`. */
  expected: string;
  /** What came instead: `[600, 10, 80, 20]`. */
  found: string;
  /** What was done about it in the repaired file, or null where only a person can tell what was meant. */
  repair: string | null;
}

/** What was found, in words of ours instead of the value itself. */
export class Words {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** All that a check of one record needs of the log. */
export type RecordLog = Pick<ProblemLog, 'add'>;

/** Collects problems while the checks walk through the records; paths are only built for what is wrong. */
export class ProblemLog {
  readonly problems: Problem[] = [];
  #section: string | null = null;
  #index: number | null = null;

  /** Says which record the next problems belong to. `section` is null in a results file. */
  enter(section: string | null, index: number | null): void {
    this.#section = section;
    this.#index = index;
  }

  /** @param field the rest of the path below the record: `.bbox[2]`, or nothing for the record itself */
  add(
    code: ProblemCode,
    field: string,
    {
      expected,
      found,
      repair = null,
    }: { expected: string; found: unknown | Words; repair?: string | null },
  ): void {
    const section = this.#section === null ? '' : pathStep(this.#section);
    const index = this.#index === null ? '' : `[${this.#index}]`;
    this.problems.push({
      code,
      severity: problemKinds[code][0],
      path: `$${section}${index}${field}`,
      expected,
      found: found instanceof Words ? found.text : shown(found),
      repair,
    });
  }
}

const maxShownLength = 80;

/** A value as a message shows it: JSON, cut where it gets long. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value) && value.length > 12) {
    return `${shown(value.slice(0, 6)).replace(/\]$/, '')}, … ${value.length} in all]`;
  }
  const text = Array.isArray(value)
    ? `[${value.map(shown).join(', ')}]`
    : (JSON.stringify(value) ?? String(value));
  return text.length > maxShownLength ? `${text.slice(0, maxShownLength)}…` : text;
}

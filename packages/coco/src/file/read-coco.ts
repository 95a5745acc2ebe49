// A whole COCO file in memory, whatever its kind, from a stream. Reading checks the structure only;
// what the records say is checked and repaired in `validate/`.

import { CocoError } from '../coco-error.ts';
import type { ByteSource } from '../json/byte-source.ts';
import { type JsonOddityAtPath, type StreamJsonLimits, streamJson } from '../json/stream-json.ts';
import { phrase, type Words } from '../phrase.ts';
import type {
  CaptionDataset,
  CocoDataset,
  CocoKind,
  CocoResult,
  PanopticDataset,
} from '../types.ts';

/** What the reader forgave: in the JSON text, or a section that is missing and was taken as empty. */
export type OddityAtPath =
  | JsonOddityAtPath
  | { kind: 'missing-section'; path: string; text: string };

/** A file as it was read: its kind tells the type of what it holds. */
export type CocoFile = (
  | { kind: 'instances' | 'keypoints'; dataset: CocoDataset }
  | { kind: 'captions'; dataset: CaptionDataset }
  | { kind: 'panoptic'; dataset: PanopticDataset }
  | { kind: 'results'; results: CocoResult[] }
) & {
  /** `validateCoco` reports them as problems. */
  oddities: OddityAtPath[];
};

export interface ReadCocoOptions extends StreamJsonLimits {
  /** Called now and then with the bytes read so far. */
  onProgress?: (bytesRead: number) => void;
}

/** The engine's own limit of an array lies at 134 million. */
const maxSectionLength = 100_000_000;

const recordSections = ['images', 'annotations', 'categories'] as const;

/**
 * Reads an instances, keypoints, captions, panoptic or results file. Sections may come in any order; unknown
 * sections and fields are kept. Memory: the data itself and a few megabytes of text.
 *
 * The types state what a sound file holds. A file from elsewhere may break them (an id that is a string):
 * run `validateCoco` on it before trusting a field.
 *
 * @throws CocoError `json-*` for broken JSON; `not-coco` where neither images, annotations nor categories are
 *   there, or one of them is no array.
 * @example
 * const file = await readCoco(createReadStream('instances_val2017.json'));
 * if (file.kind === 'instances') console.log(file.dataset.annotations.length);
 */
export async function readCoco(
  source: ByteSource,
  options: ReadCocoOptions = {},
): Promise<CocoFile> {
  const sections: Record<string, unknown> = {};
  const oddities: OddityAtPath[] = [];
  let rootArray: unknown[] | undefined;

  for await (const batch of streamJson(source, options)) {
    oddities.push(...batch.oddities);
    options.onProgress?.(batch.bytesRead);
    if (batch.section === null) {
      rootArray = appended('$', rootArray, batch.values);
    } else if (batch.kind === 'value') {
      setSection(sections, batch.section, batch.values[0]);
    } else {
      const known = Object.hasOwn(sections, batch.section) ? sections[batch.section] : undefined;
      setSection(
        sections,
        batch.section,
        appended(batch.section, known as unknown[] | undefined, batch.values),
      );
    }
  }

  if (rootArray !== undefined) {
    return { kind: 'results', results: rootArray as CocoResult[], oddities };
  }
  const kind = kindOf(sections);
  for (const name of recordSections) {
    if (sections[name] === undefined) {
      if (kind === 'captions' && name === 'categories') continue;
      oddities.push({ kind: 'missing-section', path: `$.${name}`, text: '' });
      sections[name] = [];
    }
    if (!Array.isArray(sections[name])) {
      throw new CocoError('not-coco', {
        where: `$.${name}`,
        expected: phrase`an array of records`,
        found: describe(sections[name]),
      });
    }
  }
  return { kind, dataset: sections, oddities } as CocoFile;
}

function appended(section: string, array: unknown[] | undefined, values: unknown[]): unknown[] {
  if (array === undefined) return values;
  if (array.length + values.length > maxSectionLength) {
    throw new CocoError('json-value-too-large', {
      where: section,
      expected: phrase`at most ${maxSectionLength} elements`,
      found: phrase`more`,
      advice: phrase`No COCO file has that many; is it a file of another kind?`,
    });
  }
  for (const value of values) array.push(value);
  return array;
}

function setSection(sections: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(sections, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/** Tells the kinds apart by the first record that has a telling field, as pycocotools' users do by hand. */
function kindOf(sections: Record<string, unknown>): Exclude<CocoKind, 'results'> {
  if (recordSections.every((name) => sections[name] === undefined)) {
    const names = Object.keys(sections).slice(0, 5);
    throw new CocoError('not-coco', {
      where: '$',
      expected: phrase`the sections images, annotations and categories (or an array of results)`,
      found: names.length === 0 ? phrase`an empty object` : phrase`the keys ${names.join(', ')}`,
    });
  }
  const annotations = Array.isArray(sections.annotations) ? sections.annotations : [];
  const has = (field: string) => (record: unknown) =>
    typeof record === 'object' && record !== null && Object.hasOwn(record, field);
  const telling = annotations.find((record) => tellingFields.some((field) => has(field)(record)));
  if (has('segments_info')(telling)) return 'panoptic';
  if (has('caption')(telling) && !has('bbox')(telling) && !has('category_id')(telling))
    return 'captions';
  const categories = Array.isArray(sections.categories) ? sections.categories : [];
  if (annotations.some(has('keypoints')) || categories.some(has('keypoints'))) return 'keypoints';
  return 'instances';
}

const tellingFields = ['segments_info', 'caption', 'bbox', 'segmentation', 'keypoints'];

function describe(value: unknown): Words {
  if (value === null) return 'null';
  return typeof value === 'object'
    ? phrase`an object`
    : phrase`the ${typeof value} ${String(value).slice(0, 40)}`;
}

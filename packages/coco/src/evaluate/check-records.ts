// What every record must have before it can be evaluated at all.

import { CocoError } from '../coco-error.ts';
import { type Phrase, phrase } from '../phrase.ts';
import type { CocoDataset, CocoResult } from '../types.ts';

/** @throws CocoError `bad-evaluation-input` for a missing section, what is no object, and objects without an id */
export function checkGroundTruth(groundTruth: CocoDataset): void {
  for (const section of ['images', 'annotations', 'categories'] as const) {
    const list = `$.${section}`;
    const records: readonly { id: number }[] = groundTruth[section];
    checkList(records, list, phrase`Evaluate against an instances or keypoints file.`);
    for (let position = 0; position < records.length; position++) {
      const { id } = records[position];
      if (id !== undefined && id !== null) continue;
      throw new CocoError('bad-evaluation-input', {
        where: `${list}[${position}].id`,
        expected: phrase`a number`,
        found: id === null ? 'null' : phrase`nothing`,
        advice: phrase`Number the ${section} from 1.`,
      });
    }
  }
}

/** @throws CocoError `bad-evaluation-input` for what is no list of objects, and results of unknown pictures */
export function checkResults(groundTruth: CocoDataset, results: readonly CocoResult[]): void {
  checkList(results, 'results', phrase`A COCO results file is a plain array of detections.`);
  const known = new Set(groundTruth.images.map(({ id }) => id));
  for (let position = 0; position < results.length; position++) {
    const { image_id } = results[position];
    if (known.has(image_id)) continue;
    throw new CocoError('bad-evaluation-input', {
      where: `results[${position}].image_id`,
      expected: phrase`the id of a picture of the ground truth`,
      found: JSON.stringify(image_id) ?? phrase`nothing`,
      advice: phrase`Evaluate against the file whose pictures the model has seen.`,
    });
  }
}

function checkList(records: readonly unknown[], list: string, advice: Phrase): void {
  if (!Array.isArray(records)) {
    const found = records === undefined ? phrase`nothing` : typeof records;
    throw new CocoError('bad-evaluation-input', {
      where: list,
      expected: phrase`a list`,
      found,
      advice,
    });
  }
  for (let position = 0; position < records.length; position++) {
    const record: unknown = records[position];
    if (typeof record === 'object' && record !== null) continue;
    throw new CocoError('bad-evaluation-input', {
      where: `${list}[${position}]`,
      expected: phrase`an object`,
      found: JSON.stringify(record) ?? phrase`nothing`,
    });
  }
}

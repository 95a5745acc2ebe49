// An endpoint that speaks COCO: it is sent the file of a picture and answers with results, as a list, or as a COCO file with
// annotations that have scores and, if it likes, categories. Which picture they are of is known, so that `image_id` may be left out.

import { CocoError, type Fault, phrase, streamJson } from '@migaki/coco';
import { type StagedResult, StoreError } from '@migaki/store';
import type { Endpoint } from '../../endpoints/endpoint.ts';
import type { AdoptedClass } from '../adopt-categories.ts';
import { classListed } from '../propose-results/class-listed.ts';
import { readResult } from '../propose-results/read-results.ts';
import type { Answerer, Results } from './answerer.ts';

export function cocoAnswerer(endpoint: Endpoint, url: string): Answerer {
  return {
    async resultsOf({ image, bytes }) {
      const { body } = await endpoint.call({
        url,
        body: bytes,
        headers: {
          'content-type': image.mediaType ?? 'application/octet-stream',
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(image.fileName)}`,
        },
      });
      return readCocoAnswer(body, image.fileName);
    },
  };
}

/**
 * @param fileName of the picture, for what is said about the answer
 * @throws StoreError `bad-preannotation` for what are no results
 */
export async function readCocoAnswer(body: Buffer, fileName: string): Promise<Results> {
  const fields: StagedResult['fields'][] = [];
  let classNames: Map<number, string> | null = null;
  const classes: AdoptedClass[] = [];
  let hasResults = false;
  try {
    for await (const { section, kind, values, firstIndex } of streamJson([body])) {
      if (section === 'categories') {
        classNames ??= new Map();
        for (const value of values) {
          const listed = classListed(value);
          if (listed === null) continue;
          classNames.set(listed.id, listed.name);
          classes.push(listed);
        }
      }
      if (kind !== 'elements' || (section !== null && section !== 'annotations')) continue;
      hasResults = true;
      for (const [i, value] of values.entries()) {
        const at = firstIndex + i;
        const where = `${fileName}, ${section ?? 'results'}[${at}]`;
        const isResult = typeof value === 'object' && value !== null && !Array.isArray(value);
        const result = isResult ? { ...value, image_id: 0, file_name: undefined } : value;
        fields.push(readResult(result, at, where).fields);
      }
    }
  } catch (error) {
    if (error instanceof CocoError) throw notResults(body, fileName, error.details);
    throw error;
  }
  if (hasResults) return { fields, classNames, classes };
  throw notResults(body, fileName);
}

const longestShown = 80;

function notResults(body: Buffer, fileName: string, broken?: Fault): StoreError {
  const where = phrase`the answer to ${fileName}`;
  const fault =
    broken !== undefined && body.length > 0
      ? { ...broken, where: phrase`${where}, ${broken.where ?? ''}` }
      : {
          where,
          expected: phrase`a list of results, or a COCO file with annotations`,
          found: body.length === 0 ? phrase`nothing` : body.toString('utf8', 0, longestShown),
        };
  return new StoreError('bad-preannotation', {
    ...fault,
    advice: phrase`Results look like [{"category_id": 1, "bbox": [x, y, width, height], "score": 0.9}].`,
  });
}

// JSON bodies, with a limit to how deep they nest: everything that walks a value later does so by recursion.

import { phrase } from '@migaki/coco';
import { HttpError } from './http-error.ts';

/** Attributes of other tools nest a few levels; nothing honest comes near this. */
export const maxDepth = 100;

/** @throws HttpError `bad-request` for what is no JSON, or too deep */
export function parseJson(text: string): unknown {
  if (isDeeper(text, maxDepth)) {
    throw new HttpError('bad-request', {
      where: 'body',
      expected: phrase`JSON of at most ${maxDepth} levels`,
      found: phrase`more`,
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HttpError('bad-request', {
      where: 'body',
      expected: phrase`a JSON document`,
      found: phrase`something else (${(error as Error).message})`,
    });
  }
}

const quote = 0x22;
const backslash = 0x5c;

/** Whether lists and objects stand inside each other more often than that. */
export function isDeeper(text: string, limit: number): boolean {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isInText) {
      if (code === backslash) at++;
      else if (code === quote) isInText = false;
    } else if (code === quote) isInText = true;
    // [ and { differ in one bit, as ] and } do.
    else if ((code | 0x20) === 0x7b) depth++;
    else if ((code | 0x20) === 0x7d) depth--;
    if (depth > limit) return true;
  }
  return false;
}

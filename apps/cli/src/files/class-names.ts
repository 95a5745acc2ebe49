// What the numbers of a model's classes mean: the categories of a COCO file, a JSON list of names, or a text with a name in
// each line. The first of a list or a text is 0.

import { createReadStream } from 'node:fs';
import { CocoError, streamJson } from '@migaki/coco';
import { CliError } from '../cli-error.ts';
import { fileError } from './file-error.ts';

/**
 * @returns names by the numbers of their classes
 * @throws CliError `input` for a file that cannot be read, or has no names
 */
export async function readClassNames(path: string): Promise<Record<string, string>> {
  const names = /\.json$/i.test(path) ? await namesInJson(path) : await namesInText(path);
  if (Object.keys(names).length > 0) return names;
  throw new CliError(
    'input',
    `${path}: expected names of classes: a COCO file with categories, a JSON list or a text with a name in each line, found none.`,
  );
}

async function namesInText(path: string): Promise<Record<string, string>> {
  let text = '';
  try {
    for await (const chunk of createReadStream(path, 'utf8')) text += chunk;
  } catch (error) {
    throw fileError(error, 'read', path);
  }
  return Object.fromEntries(
    text.split(/\r?\n/).flatMap((line, i) => (line.trim() === '' ? [] : [[i, line.trim()]])),
  );
}

async function namesInJson(path: string): Promise<Record<string, string>> {
  const names: Record<string, string> = {};
  try {
    for await (const { section, values, firstIndex } of streamJson(createReadStream(path))) {
      for (const [i, value] of values.entries()) {
        const { id, name } = (value ?? {}) as { id?: unknown; name?: unknown };
        if (section === null && typeof value === 'string') names[firstIndex + i] = value;
        if (section !== 'categories' || typeof name !== 'string') continue;
        if (Number.isSafeInteger(id)) names[String(id)] = name;
      }
    }
  } catch (error) {
    if (error instanceof CocoError) throw new CliError('input', `${path}: ${error.message}`);
    throw fileError(error, 'read', path);
  }
  return names;
}

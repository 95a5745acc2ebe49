// Which XML files are whose: told by the name of the outermost element, without reading on.

import { CocoError } from '../../coco-error.ts';
import type { SourceTree } from '../format.ts';
import { xmlEvents } from './parse.ts';

/** Name of a file's outermost element, undefined for what does not start as XML. */
export function rootNameOfXml(bytes: Uint8Array): string | undefined {
  try {
    const first = xmlEvents(bytes, '').next().value;
    return first?.kind === 'open' ? first.name : undefined;
  } catch (error) {
    if (error instanceof CocoError) return undefined;
    throw error;
  }
}

/** Whether one of the files has the outermost element `name`. */
export async function someXmlIs(
  name: string,
  tree: SourceTree,
  paths: readonly string[],
): Promise<boolean> {
  for (const path of paths) {
    if (rootNameOfXml(await tree.read(path)) === name) return true;
  }
  return false;
}

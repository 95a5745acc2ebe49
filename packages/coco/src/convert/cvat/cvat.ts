// CVAT for images 1.1 (https://docs.cvat.ai/docs/other/xml_format): one XML file for all pictures.

import type { AnnotationFormat, SourceTree } from '../format.ts';
import { baseNameOf, extensionOf } from '../safe-path.ts';
import { rootNameOfXml } from '../xml/parse.ts';
import { readCvat } from './read.ts';
import { writeCvat } from './write.ts';

/** Files looked into, so that a folder of other XML files is not read to its end. */
const MOST_LOOKED_INTO = 5;

/** CVAT for images 1.1. What it carries and what not: docs/formats.md. */
export const cvat: AnnotationFormat = {
  name: 'cvat',
  title: 'CVAT for images 1.1 (XML)',
  recognises,
  read: readCvat,
  write: writeCvat,
};

async function recognises(tree: SourceTree): Promise<boolean> {
  const xmlPaths = tree.paths.filter((path) => extensionOf(path) === 'xml');
  const isUsual = (path: string) => baseNameOf(path) === 'annotations.xml';
  const likelyFirst = xmlPaths.toSorted((a, b) => Number(isUsual(b)) - Number(isUsual(a)));
  for (const path of likelyFirst.slice(0, MOST_LOOKED_INTO)) {
    if (rootNameOfXml(await tree.read(path), path) === 'annotations') return true;
  }
  return false;
}

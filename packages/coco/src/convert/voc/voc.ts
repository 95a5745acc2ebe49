// Pascal VOC (http://host.robots.ox.ac.uk/pascal/VOC/voc2012/devkit_doc.pdf): one XML file per picture.

import type { AnnotationFormat, SourceTree } from '../format.ts';
import { extensionOf } from '../safe-path.ts';
import { rootNameOfXml } from '../xml/parse.ts';
import { readVoc } from './read.ts';
import { writeVoc } from './write.ts';

/** Files looked into, so that a folder of other XML files is not read to its end. */
const MOST_LOOKED_INTO = 5;

/** Pascal VOC. What it carries and what not: docs/formats.md. */
export const voc: AnnotationFormat = {
  name: 'voc',
  title: 'Pascal VOC (XML)',
  recognises,
  read: readVoc,
  write: writeVoc,
};

async function recognises(tree: SourceTree): Promise<boolean> {
  const xmlPaths = tree.paths.filter((path) => extensionOf(path) === 'xml');
  for (const path of xmlPaths.slice(0, MOST_LOOKED_INTO)) {
    if (rootNameOfXml(await tree.read(path), path) === 'annotation') return true;
  }
  return false;
}

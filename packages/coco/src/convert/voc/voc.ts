// Pascal VOC (http://host.robots.ox.ac.uk/pascal/VOC/voc2012/devkit_doc.pdf): one XML file per picture.

import type { AnnotationFormat } from '../format.ts';
import { wholeOf } from '../in-parts.ts';
import { firstPaths } from '../text-file.ts';
import { someXmlIs } from '../xml/root-name.ts';
import { readVoc } from './read.ts';
import { writeVoc } from './write.ts';

/** Pascal VOC. What it carries and what not: docs/formats.md. */
export const voc: AnnotationFormat = {
  name: 'voc',
  title: 'Pascal VOC',
  tasks: ['detect', 'segment'],

  async recognises(tree) {
    // A set of no pictures has its lists alone.
    const hasLists = tree.paths.some((path) => path.startsWith('ImageSets/Main/'));
    return hasLists || (await someXmlIs('annotation', tree, firstPaths(tree, 'xml')));
  },

  read: wholeOf(readVoc),
  readParts: readVoc,
  write: writeVoc,
};

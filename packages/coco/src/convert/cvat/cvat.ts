// CVAT for images 1.1 (https://docs.cvat.ai/docs/other/xml_format): one XML file for all pictures.

import type { AnnotationFormat } from '../format.ts';
import { wholeOf } from '../in-parts.ts';
import { baseNameOf } from '../safe-path.ts';
import { firstPaths } from '../text-file.ts';
import { someXmlIs } from '../xml/root-name.ts';
import { readCvat } from './read.ts';
import { writeCvat } from './write.ts';

/** CVAT for images 1.1. What it carries and what not: docs/formats.md. */
export const cvat: AnnotationFormat = {
  name: 'cvat',
  title: 'CVAT for images 1.1',

  async recognises(tree) {
    const usual = tree.paths.find((path) => baseNameOf(path) === 'annotations.xml');
    const paths = usual === undefined ? firstPaths(tree, 'xml') : [usual];
    return await someXmlIs('annotations', tree, paths);
  },

  read: wholeOf(readCvat),
  readParts: readCvat,
  write: writeCvat,
};

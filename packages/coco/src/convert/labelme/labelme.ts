// labelme's JSON files (https://github.com/wkentaro/labelme, versions 3 to 5), both ways.

import type { AnnotationFormat } from '../format.ts';
import { wholeOf } from '../in-parts.ts';
import { firstPaths, startOfText } from '../text-file.ts';
import { readLabelme } from './read.ts';
import { writeLabelme } from './write.ts';

export const labelme: AnnotationFormat = {
  name: 'labelme',
  title: 'labelme',

  async recognises(tree) {
    for (const path of firstPaths(tree, 'json')) {
      const start = await startOfText(tree, path);
      const isDataset = /"(?:images|annotations)"\s*:\s*\[/.test(start);
      if (/^\s*\{/.test(start) && /"shapes"\s*:\s*\[/.test(start) && !isDataset) return true;
    }
    return false;
  },

  read: wholeOf(readLabelme),
  readParts: readLabelme,
  write: writeLabelme,
};

// Label Studio's JSON (https://labelstud.io/guide/task_format), both ways.

import type { AnnotationFormat } from '../format.ts';
import { wholeOf } from '../in-parts.ts';
import { firstPaths, startOfText } from '../text-file.ts';
import { readLabelStudio } from './read.ts';
import { writeLabelStudio } from './write.ts';

export const labelStudio: AnnotationFormat = {
  name: 'label-studio',
  title: 'Label Studio (JSON)',

  async recognises(tree) {
    for (const path of firstPaths(tree, 'json')) {
      const start = await startOfText(tree, path);
      // An export's first task may be longer than what is looked at, and its data come last.
      const hasVersions = /"(?:annotations|predictions|completions)"\s*:\s*\[/.test(start);
      const hasTasks = /"(?:data|task)"\s*:\s*\{/.test(start) || /"result"\s*:\s*\[/.test(start);
      if (/^\s*\[\s*\{/.test(start) && hasVersions && hasTasks) return true;
      if (/^\s*\{/.test(start) && /"result"\s*:\s*\[/.test(start) && /"from_name"/.test(start))
        return true;
    }
    return false;
  },

  read: wholeOf(readLabelStudio),
  readParts: readLabelStudio,
  write: writeLabelStudio,
};

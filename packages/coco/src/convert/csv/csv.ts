// Tables with a row for each object, both ways: what people make in spreadsheets and with a few lines of code.

import type { AnnotationFormat } from '../format.ts';
import { wholeOf } from '../in-parts.ts';
import { startOfText } from '../text-file.ts';
import { isTablePath, looksLikeTable } from './open-table.ts';
import { readCsv } from './read.ts';
import { writeCsv } from './write.ts';

export const csv: AnnotationFormat = {
  name: 'csv',
  title: 'CSV',

  async recognises(tree) {
    for (const path of tree.paths.filter(isTablePath).slice(0, 5)) {
      if (looksLikeTable(await startOfText(tree, path))) return true;
    }
    return false;
  },

  read: wholeOf(readCsv),
  readParts: readCsv,
  write: writeCsv,
};

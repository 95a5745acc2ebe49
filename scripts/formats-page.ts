// Renews the tables of docs/formats.md from the converters themselves:
//
//   node scripts/formats-page.ts

import { readFileSync, writeFileSync } from 'node:fs';
import { formats } from '../packages/coco/src/convert/formats.ts';
import { renewedPage } from '../packages/coco/src/convert/testing/loss-table.ts';

const page = new URL('../docs/formats.md', import.meta.url);
writeFileSync(page, await renewedPage(readFileSync(page, 'utf8'), formats));

// Compares a file of random cases with pycocotools, a line each, and prints how far we are from it:
//   python3 fixtures/record.py --random 500 --seed 1 cases.jsonl
//   node testing/compare-recorded.ts cases.jsonl

import { readFileSync } from 'node:fs';
import { differenceFrom, type RecordedCase } from './recorded-case.ts';

const tolerance = 1e-9;
let cases = 0;
let numbers = 0;
let greatestOfAll = 0;
for (const file of process.argv.slice(2)) {
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const recorded: RecordedCase = JSON.parse(line);
    const { greatest, count } = differenceFrom(recorded);
    if (!(greatest < tolerance)) console.error(`${recorded.name}: ${greatest}`);
    cases++;
    numbers += count;
    greatestOfAll = Math.max(greatestOfAll, greatest);
  }
}
console.log(`${cases} cases, ${numbers} numbers, greatest difference ${greatestOfAll}`);
if (cases === 0 || !(greatestOfAll < tolerance)) process.exitCode = 1;

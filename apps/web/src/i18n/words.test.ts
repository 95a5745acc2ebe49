// Holds the table of phrases against what the sources of the server and its packages say.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ApiError } from '@migaki/api';
import { phrase } from '@migaki/coco';
import { phrasesInJapanese } from './phrases-ja.ts';
import { errorInLanguage, inLanguage } from './words.ts';

const root = join(import.meta.dirname, '../../../..');
/** What is said before there is a page: by the command that starts the workbench. */
const onCommandLine = /^packages\/store\/src\/postgres\//;

/** Every template of a tagged text `phrase` in a source, with `{0}` for the first hole. */
function templatesIn(source: string): string[] {
  const mark = 'phrase`';
  const found: string[] = [];
  for (let start = source.indexOf(mark); start !== -1; start = source.indexOf(mark, start)) {
    const { template, end } = readTemplate(source, start + mark.length);
    // A hole may hold another phrase: go on within this one.
    found.push(template);
    start = Math.min(end, start + mark.length);
  }
  return found;
}

function readTemplate(source: string, start: number): { template: string; end: number } {
  let template = '';
  let holes = 0;
  let at = start;
  while (source[at] !== '`') {
    if (source.startsWith('${', at)) {
      at = endOfHole(source, at + 2);
      template += `{${holes++}}`;
    } else {
      if (source[at] === '\\') at++;
      template += source[at++];
    }
  }
  return { template, end: at };
}

/** @returns the place after the bracket that closes the hole */
function endOfHole(source: string, start: number): number {
  let depth = 1;
  let at = start;
  for (; depth > 0; at++) {
    if (source[at] === '`') at = readTemplate(source, at + 1).end;
    else if (source[at] === '{') depth++;
    else if (source[at] === '}') depth--;
  }
  return at;
}

const said = new Set(
  globSync('{packages/{coco,store,api,train},apps/server}/src/**/*.ts', { cwd: root })
    .filter((path) => !/\.test\.ts$|\/testing|\/phrase\.ts$/.test(path))
    .filter((path) => !onCommandLine.test(path))
    .map((path) => readFileSync(join(root, path), 'utf8').replace(/^ *(\*|\/\*\*|\/\/).*$/gm, ''))
    .flatMap(templatesIn),
);
/** Nothing to translate: nothing but holes, signs and tags. */
const hasWords = (template: string) =>
  /\p{L}{2}/u.test(template.replace(/\{\d+\}|<\S*>|&\w+;/gu, ''));
for (const place of ['', '{0}: ']) {
  const [first, second, third] = place === '' ? ['{0}', '{1}', '{2}'] : ['{1}', '{2}', '{3}'];
  said.add(`${place}expected ${first}, found ${second}.`);
  said.add(`${place}expected ${first}, found ${second}. ${third}`);
}

test('whatever the server says can be said in Japanese, and nothing is kept that nobody says', () => {
  const known = new Set(Object.keys(phrasesInJapanese));
  assert.deepEqual(
    [...said.difference(known)].filter(hasWords).sort(),
    [],
    'without a translation',
  );
  assert.deepEqual([...known.difference(said)].sort(), [], 'said by nobody any more');
});

test('a translation has the holes of its English', () => {
  const holesOf = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(String).sort();
  for (const [english, japanese] of Object.entries(phrasesInJapanese)) {
    assert.deepEqual(holesOf(japanese), holesOf(english), english);
  }
});

test('words are said in the language, data and what has no translation as it is', () => {
  const words = phrase`Import into ${'a dataset'}`;
  assert.equal(inLanguage(words, 'en'), 'Import into a dataset');
  assert.equal(inLanguage(words, 'ja'), 'a dataset へのインポート');
  assert.equal(inLanguage('{0}.jpg', 'ja'), '{0}.jpg');
  assert.equal(inLanguage(phrase`${1234567} files`, 'ja'), '1,234,567 ファイル');
});

test('an error is one sentence in the language', () => {
  const details = { code: 'dataset-not-found', message: 'expected the id of a dataset, found 7.' };
  const expected = phrase`the id of a dataset`;
  const advice = phrase`It may have been deleted.`;
  const error = new ApiError(404, { ...details, expected, found: '7', advice });
  assert.equal(
    errorInLanguage(error, 'ja'),
    'データセットの IDが必要です（実際：7）。削除された可能性があります。',
  );
  assert.equal(errorInLanguage(new ApiError(500, details), 'ja'), details.message);
  assert.equal(errorInLanguage(new Error('broken'), 'ja'), 'broken');
});

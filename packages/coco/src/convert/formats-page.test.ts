import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { formats } from './formats.ts';
import { lossFeatures } from './loss.ts';
import { renewedPage } from './testing/loss-table.ts';

const page = readFileSync(new URL('../../../../docs/formats.md', import.meta.url), 'utf8');

test('docs/formats.md has a section for every format', () => {
  const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  for (const { name } of formats) assert.ok(sections.includes(name), `no section ## ${name}`);
});

test('docs/formats.md tells what every loss means', () => {
  for (const [name, text] of Object.entries(lossFeatures)) {
    assert.ok(page.includes(`| \`${name}\` | ${text} |`), `nothing about ${name}`);
  }
});

test('the tables of docs/formats.md are what the converters report', async () => {
  const renewed = await renewedPage(page, formats);
  assert.equal(page, renewed, 'Renew them with: node scripts/formats-page.ts');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawBar } from './bar.ts';
import { drawBarTable } from './bar-table.ts';
import { progressLine } from './progress.ts';
import { drawTable } from './table.ts';
import { plainTerminal, type Terminal } from './terminal.ts';

test('a bar grows in eighths, shows the least and never overflows', () => {
  assert.deepEqual(
    [0, 0.0001, 0.0625, 0.5, 1, 7].map((fraction) => drawBar(fraction, 2)),
    ['', '▏', '▏', '█', '██', '██'],
  );
});

test('columns stand under one another, wide letters and colours notwithstanding', () => {
  const coloured: Terminal = {
    columns: 80,
    paint: (_style, text) => `\u001b[31m${text}\u001b[39m`,
  };
  const columns = [{ title: 'name' }, { title: 'n', align: 'right' }] as const;
  const table = drawTable(
    columns,
    [
      ['自転車', '1'],
      [coloured.paint('red', 'dog'), '12'],
    ],
    plainTerminal,
  );
  assert.equal(table, '  name     n\n  自転車   1\n  \u001b[31mdog\u001b[39m     12');
});

test('bars take what the terminal leaves them', () => {
  const rows = [{ label: 'a'.repeat(50), figures: ['1,000'], fraction: 1 }];
  for (const columns of [49, 80, 120]) {
    const [, row] = drawBarTable({ label: 'name', figures: ['count'] }, rows, {
      ...plainTerminal,
      columns,
    }).split('\n');
    assert.match(row, /^ {2}a{31}… {2}1,000 {2}█+$/);
    assert.ok(row.length <= columns, `${row.length} of ${columns}`);
  }
});

test('where there is no room the bar goes first, then long labels, then the first figures', () => {
  const rows = [{ label: 'a'.repeat(20), figures: ['1,000', '50 %'], fraction: 1 }];
  const drawn = (columns: number) =>
    drawBarTable({ label: 'name', figures: ['count', 'share'] }, rows, {
      ...plainTerminal,
      columns,
    }).split('\n');
  assert.deepEqual(drawn(36), [
    '  name                  count  share',
    `  ${'a'.repeat(20)}  1,000   50 %`,
  ]);
  assert.deepEqual(drawn(28), ['  name          count  share', '  aaaaaaaaaaa…  1,000   50 %']);
  assert.deepEqual(drawn(27), [
    '  name                share',
    '  aaaaaaaaaaaaaaaaa…   50 %',
    '  No room here for: count',
  ]);
});

test('progress tells how far, how fast and how much longer, within the terminal', () => {
  const half = { value: 50e6, total: 100e6, maxWidth: 80 };
  assert.equal(
    progressLine('Reading gt.json', 'bytes', half, 2),
    'Reading gt.json  ███████████████                  50 %  25 MB/s  2.0 s left',
  );
  assert.equal(
    progressLine('Writing', 'files', { value: 30, total: 30, maxWidth: 60 }, 10),
    'Writing  ██████████████████████████████  100 %  3 files/s',
  );
  assert.equal(
    progressLine('Matching', null, half, 2),
    'Matching  ███████████████                  50 %  2.0 s left',
  );
  for (const maxWidth of [20, 40, 60, 200]) {
    const line = progressLine('Reading gt.json', 'bytes', { ...half, maxWidth }, 2);
    assert.ok(line.length < maxWidth, line);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CocoError } from '../../coco-error.ts';
import { parseYaml, type YamlValue, yamlString } from './yaml.ts';

/** Maps as plain objects, to compare with. */
function plain(value: YamlValue): unknown {
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)]));
  }
  return Array.isArray(value) ? value.map(plain) : value;
}

const parsed = (text: string): unknown => plain(parseYaml(text, 'data.yaml'));

test('reads a data.yaml as Ultralytics ships them', () => {
  const text = `# Ultralytics 🚀
# Documentation: https://docs.example.com/#pose
---
path: ../datasets/coco8-pose # dataset root dir
train: images/train
val:
  - images/val
  - "images/more val"
test: # test images (optional)

kpt_shape: [17, 3] # number of keypoints, number of dims
flip_idx: [0, 2, 1,
  4, 3] # over two lines

names:
  0: person
  1: 'it''s a "dog"'
  2: traffic light # two words

download: |
  from pathlib import Path
  # a comment of theirs
  print("x: y")
`;
  assert.deepEqual(parsed(text), {
    path: '../datasets/coco8-pose',
    train: 'images/train',
    val: ['images/val', 'images/more val'],
    test: null,
    kpt_shape: ['17', '3'],
    flip_idx: ['0', '2', '1', '4', '3'],
    names: { 0: 'person', 1: 'it\'s a "dog"', 2: 'traffic light' },
    download: 'from pathlib import Path\n# a comment of theirs\nprint("x: y")',
  });
});

test('reads the other ways to write the same', () => {
  assert.deepEqual(parsed('names: [no, 7, null, ~, "null", C#, a:b, \'\']'), {
    names: ['no', '7', null, null, 'null', 'C#', 'a:b', ''],
  });
  assert.deepEqual(parsed('{train: a, names: {0: x, 1: "y, z"}}'), {
    train: 'a',
    names: { 0: 'x', 1: 'y, z' },
  });
  assert.deepEqual(parsed('names:\n- a\n-   b\n- [c]\n- k: 1\n  l: 2\n'), {
    names: ['a', 'b', ['c'], { k: '1', l: '2' }],
  });
  assert.deepEqual(parsed('names:\r\n  "0": a\r\n  \'1\' : b\r\n'), { names: { 0: 'a', 1: 'b' } });
  assert.deepEqual(parsed('names: [ # classes\n  a, # first\n  b,\n]\nnc: 2'), {
    names: ['a', 'b'],
    nc: '2',
  });
  assert.deepEqual(parsed('url: https://example.com/x?y#z'), { url: 'https://example.com/x?y#z' });
  assert.equal(parsed('# nothing\n\n'), null);
});

test('what it does not know is refused with the line', () => {
  const refused: [string, RegExp][] = [
    ['a: 1\na: 2', /data\.yaml:2: expected each key once, found "a" again/],
    ['a: &x 1', /data\.yaml:1: .* the YAML feature "&"/],
    ['a: !!python/object x', /the YAML feature "!"/],
    ['a: [1, 2', /data\.yaml:1: expected a closing \]/],
    ['a: [1 2] 3', /nothing more on this line, found " 3"/],
    ['a: "x', /a closing "/],
    ['a: 1\n\tb: 2', /data\.yaml:2: expected spaces as indentation, found a tab/],
    ['a: b: c', /a map on the line of its key/],
    ['a: 1\n  b', /data\.yaml:2: expected a line that fits its indentation/],
    ['a: 1\n---\nb: 2', /data\.yaml:2: expected one document/],
    ['a: "\\q"', /an escape that YAML has/],
    [`a: ${'['.repeat(2000)}`, /at most 50 levels/],
    [`${'- '.repeat(2000)}a`, /at most 50 levels/],
  ];
  for (const [text, message] of refused) {
    assert.throws(() => parseYaml(text, 'data.yaml'), message);
  }
});

test('every text comes back from its quoted form', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
      const list = `names: [${texts.map(yamlString).join(', ')}]`;
      assert.deepEqual(parsed(list), { names: texts });
      const map = `names:\n${texts.map((text, i) => `  ${i}: ${yamlString(text)}\n`).join('')}`;
      if (texts.length > 0) assert.deepEqual(parsed(map), { names: { ...texts } });
    }),
  );
});

test('any text is read or refused, and soon', () => {
  const piece = fc.constantFrom(
    'a',
    ' ',
    '\n',
    '  ',
    '- ',
    ': ',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '#',
    '|',
    '\\',
    '---\n',
    '日',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      try {
        parseYaml(pieces.join(''), 'data.yaml');
      } catch (error) {
        if (!(error instanceof CocoError)) throw error;
      }
    }),
    { numRuns: 5000 },
  );
  const many = 200_000;
  assert.equal((parsed(`a: [${'x,\n'.repeat(many)}]`) as { a: unknown[] }).a.length, many);
  assert.equal((parsed(`a:\n${'- "x"\n'.repeat(many)}`) as { a: unknown[] }).a.length, many);
});

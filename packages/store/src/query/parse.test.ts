import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { operators, print, type Query } from './ast.ts';
import { parse } from './parse.ts';

/** [as typed, in its normal form] */
const normalForms = [
  ['', ''],
  ['category:RBC count(RBC)>10 -category:WBC', 'category:RBC count(RBC)>10 -category:WBC'],
  ['  Status:review   OR (width > 5) ', 'status:review or width>5'],
  ['a b', 'name:*a* name:*b*'],
  ['"two words"', 'name:"*two words*"'],
  ['*day2*', 'name:*day2*'],
  ['tag:night,"late dusk"', 'tag:night,"late dusk"'],
  ['width=10 score <= .5', 'width:10 score<=.5'],
  ['(tag:a or tag:b) tag:c', '(tag:a or tag:b) tag:c'],
  ['tag:a tag:b or tag:c', 'tag:a tag:b or tag:c'],
  ['--tag:a', 'tag:a'],
  ['-(tag:a tag:b)', '-(tag:a tag:b)'],
  ['object( category:RBC  score<0.5 )', 'object(category:RBC score<0.5)'],
  ['count("red cell")>3', 'count("red cell")>3'],
  ['name:"a\\"b\\\\c"', 'name:"a\\"b\\\\c"'],
  ['tag:-x category:日本', 'tag:"-x" category:日本'],
];

test('what is typed has one normal form', () => {
  for (const [typed, normal] of normalForms) {
    assert.equal(print(parse(typed)), normal);
    assert.equal(print(parse(normal)), normal);
  }
});

/** [as typed, the message] */
const mistakes: [string, RegExp][] = [
  ['tag:', /^Character 5: expected a value after :, found the end of the query\.$/],
  ['tag:a or', /^Character 9: expected a filter after "or", found the end of the query\.$/],
  ['or tag:a', /^Character 1: expected a filter before "or", found "or"\.$/],
  ['(tag:a', /^Character 7: expected "\)", found the end of the query\.$/],
  ['tag:a)', /^Character 6: expected a filter or the end, found "\)"\.$/],
  ['name:"abc', /^Character 6: expected a closing quotation mark, found the end/],
  [
    'count(RBC)',
    /^Character 11: expected a comparison such as > after count\(RBC\), found the end/,
  ],
  ['width>1,2', /^Character 8: expected one value after >, found ",2"\.$/],
  [`${'('.repeat(60)}tag:a`, /at most 50 brackets inside each other/],
  ['-'.repeat(60), /at most 50 signs in a row/],
];

test('a mistake is told with its place, what was expected and what came', () => {
  for (const [typed, message] of mistakes) {
    assert.throws(() => parse(typed), { code: 'bad-query', message });
  }
});

const value = fc.oneof(
  fc.string(),
  fc.constantFrom('or', '', '-', 'a b', '日本', '\\', '"', '*', '('),
);
const word = fc.stringMatching(/^[a-z][a-z.]{0,8}$/).filter((text) => text !== 'or');
const { query } = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 5 },
    fc.record({
      kind: fc.constant('term' as const),
      field: word,
      argument: fc.option(value),
      operator: fc.constantFrom(...operators),
      values: fc.array(value, { minLength: 1, maxLength: 3 }),
      position: fc.constant(0),
    }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('query'), { maxLength: 3 }),
    }),
    fc.record({ kind: fc.constantFrom('not' as const, 'object' as const), part: tie('query') }),
  ),
}));

test('what was printed once and read is printed the same from then on', () => {
  fc.assert(
    fc.property(query, (tree) => {
      const text = print(parse(print(onlySound(tree))));
      assert.equal(print(parse(text)), text);
      assert.deepEqual(withoutPositions(parse(print(parse(text)))), withoutPositions(parse(text)));
    }),
    { numRuns: 1000 },
  );
});

test('any text is either parsed or refused with a place in it', () => {
  const pieces = fc.array(
    fc.constantFrom('tag', ':', '(', ')', '-', 'or', ' ', '"', ',', '<', '\\', 'é'),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        pieces.map((all) => all.join('')),
      ),
      (text) => {
        try {
          assert.equal(print(parse(print(parse(text)))), print(parse(text)));
        } catch (error) {
          const [, character] =
            /^Character (\d+): expected .+, found /s.exec((error as Error).message) ?? [];
          assert.ok(Number(character) >= 1 && Number(character) <= text.length + 1, String(error));
        }
      },
    ),
    { numRuns: 2000 },
  );
});

/** One value for operators other than `:`, and at least two branches of an `or`. */
function onlySound(tree: Query): Query {
  if (tree.kind === 'term')
    return tree.operator === ':' ? tree : { ...tree, values: [tree.values[0]] };
  if ('part' in tree) return { ...tree, part: onlySound(tree.part) };
  const parts = tree.parts.map(onlySound);
  return { kind: parts.length < 2 ? 'and' : tree.kind, parts };
}

function withoutPositions(tree: Query): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value) => (key === 'position' ? undefined : value)));
}

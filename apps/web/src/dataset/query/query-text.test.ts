import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addPart,
  rangeOf,
  setRange,
  setValues,
  termsOf,
  toggleValue,
  valuesOf,
  withoutField,
} from './query-text.ts';

const long =
  'category:RBC count(RBC)>10 status:review origin:model score<0.5 tag:night width>1000 name:*day2* -category:WBC';

test('reads every form of term', () => {
  assert.deepEqual(
    termsOf(long).map(({ field }) => field),
    ['category', 'count', 'status', 'origin', 'score', 'tag', 'width', 'name', 'category'],
  );
  assert.deepEqual(termsOf('-count("White cell") >= 3')[0], {
    field: 'count',
    argument: 'White cell',
    operator: '>=',
    values: ['3'],
    isNegated: true,
  });
  assert.deepEqual(termsOf('tag:"a, b",c')[0].values, ['a, b', 'c']);
});

test('what is no term stays where and as it was typed', () => {
  const text = 'day2 object(category:RBC score<0.5) "two words" ((status:new or tag:x))';
  assert.deepEqual(termsOf(text), []);
  assert.equal(toggleValue(text, 'tag', 'night', 'include'), `${text} tag:night`);
  assert.equal(toggleValue(`${text} tag:night`, 'tag', 'night', 'include'), text);
});

test('choosing a value adds it as an alternative, choosing it again takes it back', () => {
  let text = 'width>5';
  text = toggleValue(text, 'tag', 'night', 'include');
  text = toggleValue(text, 'tag', 'two words', 'include');
  assert.equal(text, 'width>5 tag:night,"two words"');
  assert.deepEqual(valuesOf(text, 'tag'), { included: ['night', 'two words'], excluded: [] });
  text = toggleValue(text, 'tag', 'night', 'include');
  assert.equal(text, 'width>5 tag:"two words"');
});

test('a value is either included or excluded', () => {
  const excluded = toggleValue('tag:night width>5', 'tag', 'night', 'exclude');
  assert.equal(excluded, '-tag:night width>5');
  assert.equal(toggleValue(excluded, 'tag', 'night', 'include'), 'tag:night width>5');
  assert.equal(toggleValue(excluded, 'tag', 'night', 'exclude'), 'width>5');
});

test('terms of one field that were typed apart become one', () => {
  assert.equal(toggleValue('tag:a width>5 tag:b', 'tag', 'c', 'include'), 'tag:a,b,c width>5');
});

test('filters narrow alternatives as a whole', () => {
  assert.equal(
    toggleValue('status:new or status:done', 'tag', 'night', 'include'),
    '(status:new or status:done) tag:night',
  );
  assert.equal(
    toggleValue('(status:new or status:done) tag:night', 'tag', 'night', 'include'),
    'status:new or status:done',
  );
  assert.equal(withoutField('(a or b) (c or d)', 'tag'), '(a or b) (c or d)');
});

test('ranges are read in each of their forms', () => {
  assert.deepEqual(rangeOf('count(RBC)>10 count(RBC)<=20 count>1', 'count', 'RBC'), {
    from: 10,
    to: 20,
  });
  assert.deepEqual(rangeOf('width:640..1280', 'width'), { from: 640, to: 1280 });
  assert.deepEqual(rangeOf('width:640', 'width'), { from: 640, to: 640 });
  assert.deepEqual(rangeOf('-width>5', 'width'), { from: null, to: null });
});

test('setting a range replaces the bounds and nothing else', () => {
  assert.equal(
    setRange('tag:x score<0.5 width>5', 'score', { from: 0.2, to: 0.4 }),
    'tag:x score>=0.2 score<=0.4 width>5',
  );
  assert.equal(setRange('score:0.1..0.2', 'score', { from: null, to: null }), '');
  assert.equal(
    setRange('count>3', 'count', { from: 1, to: 2 }, { argument: 'RBC', isOpenEnded: true }),
    'count>3 count(RBC)>=1 count(RBC)<2',
  );
});

test('a part is added once', () => {
  assert.equal(addPart('tag:x', 'day2'), 'tag:x day2');
  assert.equal(addPart('tag:x day2', 'day2'), 'tag:x day2');
});

test('any values survive being written into a query and read back', () => {
  const values = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 4 });
  fc.assert(
    fc.property(values, values, (included, excluded) => {
      const text = setValues('width>5', 'tag', { included, excluded });
      assert.deepEqual(valuesOf(text, 'tag'), { included, excluded });
      assert.equal(setValues(text, 'tag', { included: [], excluded: [] }), 'width>5');
    }),
  );
});

test('what is typed is never lost by choosing a value and taking it back', () => {
  // Brackets and quotation marks that are never closed, and comparisons without a number, take in what follows.
  const typed = fc.stringMatching(/^[a-y0-9:,*. -]{0,40}$/);
  const squeezed = (text: string) => text.replace(/\s+/g, '');
  fc.assert(
    fc.property(typed, (text) => {
      const chosen = toggleValue(text, 'zz', 'x', 'include');
      assert.ok(squeezed(chosen).includes('zz:x'));
      assert.equal(squeezed(toggleValue(chosen, 'zz', 'x', 'include')), squeezed(text));
    }),
  );
});

test('any text at all can be edited', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (typed, value) => {
      assert.equal(typeof toggleValue(typed, 'tag', value, 'exclude'), 'string');
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleQuery } from './example-query.ts';

test('the example names what the dataset has most of', () => {
  const categories = [
    { name: 'tram', objectCount: 2 },
    { name: 'parked car', objectCount: 30 },
  ];
  assert.equal(
    exampleQuery({ categories, tags: ['late dusk', 'night'] }),
    'category:"parked car" count("parked car")>3 status:review -tag:"late dusk"',
  );
});

test('a dataset without categories and tags is told of what every picture has', () => {
  assert.equal(exampleQuery({ categories: [], tags: [] }), 'name:*.jpg width>1000 status:review');
});

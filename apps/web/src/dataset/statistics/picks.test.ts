import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withCategories, withCentre, withCount, withMeasure, withValue } from './picks.ts';

test('a bar narrows the query that the charts are of', () => {
  const query = 'width>100 status:new';
  assert.equal(withValue(query, 'status', 'done'), 'width>100 status:done');
  assert.equal(withCount(query, { from: 3, to: 5 }), `${query} count>=3 count<5`);
  assert.equal(
    withMeasure(query, 'boxside', { from: 24, to: 32 }),
    `${query} object(boxside>=24 boxside<32)`,
  );
});

test('two categories must both be there, whatever the query says of categories already', () => {
  assert.equal(withCategories('', ['RBC', 'red cell']), 'category:RBC category:"red cell"');
  assert.equal(withCategories('category:RBC', ['RBC', 'WBC']), 'category:RBC category:WBC');
});

test('the cells of the raster meet without gaps, and the last ones have the edge', () => {
  assert.equal(
    withCentre('', 17),
    'object(centerx>=0.0625 centerx<0.125 centery>=0.0625 centery<0.125)',
  );
  assert.equal(withCentre('', 255), 'object(centerx>=0.9375 centery>=0.9375)');
});

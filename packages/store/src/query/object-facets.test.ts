import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyBulkEdit } from '../annotations/apply-bulk-edit.ts';
import { applyEdits } from '../annotations/apply-edits.ts';
import { databaseOf } from '../database/store.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { facetRowsOf } from './facet-rows-of.ts';
import { facets } from './facets.ts';
import { matchesOf } from './matches.ts';
import { objectFacetCounts } from './object-facet-counts.ts';
import { countObjects } from './object-page.ts';

const context = { author: 'ada' };

/** With tags, statuses, talk, proposals, something rejected, something looked at, a caption. */
async function variedStore() {
  const { store, datasetId } = await bloodCellStore();
  const proposal = { origin: 'model m@1', state: 'proposed' } as const;
  const { addedIds } = await applyEdits(
    store,
    datasetId,
    [
      {
        do: 'add',
        imageId: 3,
        fields: { category_id: 1, bbox: [1, 2, 3, 4], score: 0.41 },
        ...proposal,
      },
      {
        do: 'add',
        imageId: 3,
        fields: { category_id: 1, bbox: [5, 2, 3, 4], score: 0.42 },
        ...proposal,
      },
      { do: 'add', imageId: 1, fields: { caption: 'Two kinds of cells' } },
      { do: 'tag', imageId: 1, add: ['night', 'late dusk'] },
      { do: 'tag', imageId: 3, add: ['night'] },
      { do: 'set-status', imageId: 1, status: 'review' },
      { do: 'comment', imageId: 2, comment: { commentId: crypto.randomUUID(), text: 'Blurred' } },
    ],
    context,
  );
  await applyEdits(store, datasetId, [{ do: 'reject', annotationId: addedIds[0] }], context);
  const reviewed = { do: 'review-annotations', isReviewed: true } as const;
  await applyBulkEdit(store, datasetId, { annotationIds: [4, 5] }, reviewed, context);
  return { store, datasetId };
}

const queries = [
  ...['', 'tag:night', 'count>2 or status:new', '-(name:*a.jpg width>700)'],
  ...[
    'category:RBC',
    '-category:WBC',
    'score>0',
    'state:proposed,rejected',
    'origin:import tag:night',
  ],
];

test('facets of objects count what a filter by each of their values leaves', async () => {
  const { store, datasetId } = await variedStore();
  for (const query of queries) {
    const found = await facets(store, datasetId, { query, of: 'objects' });
    assert.equal(found.objectCount, await countObjects(store, datasetId, { query }), query);
    const counted = new Map<string, number>([
      ['reviewed:no', found.reviewed.unreviewedObjectCount],
      ['comments:open', found.comments.open.objectCount],
      ['comments:resolved', found.comments.resolved.objectCount],
    ]);
    const note = (filter: string, { objectCount }: { objectCount: number }) =>
      counted.set(filter, objectCount);
    for (const each of found.categories) note(`category:${each.name}`, each);
    for (const each of Object.entries(found.statuses)) note(`status:${each[0]}`, each[1]);
    for (const each of found.tags) note(`tag:"${each.tag}"`, each);
    for (const each of found.origins) note(`origin:${each.origin.replace('model ', '')}`, each);
    for (const each of found.scores) note(`score>=${each.from} score<${each.to}`, each);
    for (const each of found.widths) note(`width>=${each.from} width<${each.to}`, each);
    for (const each of found.states) note(`state:${each.state}`, each);
    for (const each of found.shapes) note(`has:${each.shape}`, each);
    for (const each of found.objectsPerImage) note(`count:${each.from}..${each.to}`, each);
    for (const [filter, objects] of counted) {
      const left = query === '' ? filter : `(${query}) ${filter}`;
      assert.equal(objects, await countObjects(store, datasetId, { query: left }), left);
    }
  }
});

test('what is kept of the images says the same as looking at each object', async () => {
  const { store, datasetId } = await variedStore();
  const inOrder = (counts: { facet: string; value: string }[]) =>
    counts.map((count) => JSON.stringify(count)).sort();
  for (const query of ['', 'tag:night', 'count>2 or status:new']) {
    const imageIds = await matchesOf(store, datasetId, { query });
    const kept = (await facetRowsOf(store, datasetId)).sumOf(imageIds);
    // Only images with objects are on either side, and whole images are looked over otherwise than objects.
    const ofObjects = kept.filter(({ facet, objects }) => objects > 0 && facet !== 'reviewed');
    const looked = await objectFacetCounts(databaseOf(store), datasetId, query);
    assert.deepEqual(
      inOrder(ofObjects.map(({ facet, value, objects }) => ({ facet, value, objects }))),
      inOrder(looked.map(({ facet, value, objects }) => ({ facet, value, objects }))),
      query,
    );
  }
});

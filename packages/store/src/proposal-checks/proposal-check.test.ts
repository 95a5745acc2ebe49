import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../annotations/apply-edits.ts';
import { annotationsOfImages } from '../annotations/live-annotation.ts';
import { replaceProposals } from '../annotations/replace-proposals.ts';
import { getDataset } from '../datasets/dataset.ts';
import { undoRevision } from '../datasets/undo-revision.ts';
import { checkCounts } from '../testing/check-counts.ts';
import { bloodCellStore } from '../testing/sample.ts';
import {
  acceptProposals,
  drawProposalCheck,
  judgeProposal,
  proposalScores,
  unfinishedProposalCheck,
} from './proposal-check.ts';

const context = { author: 'ada' };

/** Forty proposals of RBC with scores from 0.5 to 0.89, on a picture where nothing else is. */
async function withProposals() {
  const { store, datasetId } = await bloodCellStore();
  const found = Array.from({ length: 40 }, (_, i) => ({
    category_id: 1,
    bbox: [(i % 10) * 60, Math.floor(i / 10) * 60, 40, 40],
    score: 0.5 + i / 100,
  }));
  await replaceProposals(
    store,
    datasetId,
    { name: 'm', version: 1 },
    [{ imageId: 4, found }],
    context,
  );
  const states = async () => {
    const all = await annotationsOfImages(store, datasetId, [4], {
      states: ['accepted', 'proposed', 'rejected'],
    });
    const count = (state: string) => all.filter((each) => each.state === state).length;
    return {
      accepted: count('accepted'),
      proposed: count('proposed'),
      rejected: count('rejected'),
      all,
    };
  };
  return { store, datasetId, states };
}

const wanted = { categoryId: 1, score: 0.7, size: 5, seed: 7 };

test('what is above a score is accepted on the word of a sample, under one revision that can be undone', async () => {
  const { store, datasetId, states } = await withProposals();
  const [{ categoryId, counts }] = await proposalScores(store, datasetId);
  assert.equal(categoryId, 1);
  assert.equal(
    counts.slice(14).reduce((sum, count) => sum + count, 0),
    20,
  );

  const check = await drawProposalCheck(store, datasetId, wanted, 'ada');
  assert.deepEqual([check.count, check.sample.length, check.precision], [20, 5, null]);
  const ids = new Set((await states()).all.map(({ annotationId }) => annotationId));
  assert.ok(check.sample.every(({ annotationId }) => ids.has(annotationId)));
  const again = await drawProposalCheck(store, datasetId, wanted, 'ada');
  assert.deepEqual(again.sample, check.sample, 'the same seed draws the same');
  const other = await drawProposalCheck(store, datasetId, { ...wanted, seed: 8 }, 'ada');
  assert.notDeepEqual(other.sample, check.sample);

  await assert.rejects(acceptProposals(store, datasetId, check.id, context), /5 that nobody has/);
  for (const [i, { annotationId }] of check.sample.entries()) {
    await judgeProposal(store, datasetId, check.id, { annotationId, isRight: i > 0 });
  }
  const decided = check.sample.at(-1)!.annotationId;
  // Somebody decides on one of them, and another is the person's own meanwhile.
  await applyEdits(store, datasetId, [{ do: 'reject', annotationId: decided }], context);
  const before = await getDataset(store, datasetId);
  const done = await acceptProposals(store, datasetId, check.id, context);
  assert.deepEqual(
    [done.acceptedCount, done.rejectedCount, done.leftCount, done.revision],
    [18, 1, 1, before.revision + 1],
  );
  const after = await states();
  assert.deepEqual([after.accepted, after.proposed, after.rejected], [18, 20, 2]);
  const reviewed = after.all.filter((each) => each.state === 'accepted' && each.reviewed !== null);
  assert.equal(reviewed.length, 3, 'only the sample was looked at');
  await checkCounts(store, datasetId);
  await assert.rejects(acceptProposals(store, datasetId, check.id, context), {
    code: 'changed-meanwhile',
  });

  await undoRevision(store, datasetId, done.revision, context);
  assert.equal((await states()).proposed, 39);
});

test('a sample that is half wrong is refused, and says so; nothing has changed', async () => {
  const { store, datasetId, states } = await withProposals();
  const check = await drawProposalCheck(store, datasetId, { ...wanted, size: 4 }, 'ada');
  for (const [i, { annotationId }] of check.sample.entries()) {
    await judgeProposal(store, datasetId, check.id, { annotationId, isRight: i % 2 === 0 });
  }
  await assert.rejects(
    acceptProposals(store, datasetId, check.id, context),
    /more than half is right/,
  );
  assert.equal((await states()).proposed, 40);
});

test('a filter says which proposals are meant', async () => {
  const { store, datasetId, states } = await withProposals();
  const query = 'score<0.75 reviewed:false';
  const [{ counts }] = await proposalScores(store, datasetId, { query });
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    25,
  );
  const check = await drawProposalCheck(store, datasetId, { ...wanted, query }, 'ada');
  assert.equal(check.count, 5);
  for (const { annotationId } of check.sample) {
    await judgeProposal(store, datasetId, check.id, { annotationId, isRight: true });
  }
  await acceptProposals(store, datasetId, check.id, context);
  assert.equal((await states()).accepted, 5);
  const elsewhere = { ...wanted, query: 'name:nothing' };
  await assert.rejects(drawProposalCheck(store, datasetId, elsewhere, 'ada'), { code: 'bad-edit' });
  await assert.rejects(proposalScores(store, datasetId, { query: 'size:what' }), {
    code: 'bad-query',
  });
});

test('one that was begun is there to be gone on with; a sample of nothing is refused', async () => {
  const { store, datasetId } = await withProposals();
  assert.equal(await unfinishedProposalCheck(store, datasetId, 'ada'), null);
  const check = await drawProposalCheck(store, datasetId, wanted, 'ada');
  const [{ annotationId }] = check.sample;
  await judgeProposal(store, datasetId, check.id, { annotationId, isRight: true });
  const found = await unfinishedProposalCheck(store, datasetId, 'ada');
  assert.deepEqual([found?.id, found?.sample[0].isRight], [check.id, true]);
  assert.equal(await unfinishedProposalCheck(store, datasetId, 'grace'), null);
  const refused = { code: 'bad-edit' };
  await assert.rejects(
    drawProposalCheck(store, datasetId, { ...wanted, score: 0.95 }, 'ada'),
    refused,
  );
  await assert.rejects(
    drawProposalCheck(store, datasetId, { ...wanted, categoryId: 2 }, 'ada'),
    refused,
  );
  await assert.rejects(
    judgeProposal(store, datasetId, check.id, { annotationId: 1, isRight: true }),
    { code: 'annotation-not-found' },
  );
  await assert.rejects(acceptProposals(store, datasetId, 99, context), {
    code: 'proposal-check-not-found',
  });
});

test('what a later run of the model has replaced is left alone', async () => {
  const { store, datasetId, states } = await withProposals();
  const check = await drawProposalCheck(store, datasetId, { ...wanted, size: 2 }, 'ada');
  for (const { annotationId } of check.sample) {
    await judgeProposal(store, datasetId, check.id, { annotationId, isRight: true });
  }
  const found = [{ category_id: 1, bbox: [500, 500, 40, 40], score: 0.9 }];
  await replaceProposals(
    store,
    datasetId,
    { name: 'm', version: 2 },
    [{ imageId: 4, found }],
    context,
  );
  const done = await acceptProposals(store, datasetId, check.id, context);
  assert.deepEqual([done.acceptedCount, done.leftCount], [0, 20]);
  assert.equal((await states()).proposed, 1);
});

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { applyEdits } from '../annotations/apply-edits.ts';
import type { Store } from '../database/store.ts';
import { deleteModel } from '../models/change-model.ts';
import { addModelVersion } from '../models/model.ts';
import { imagePage } from '../query/image-page.ts';
import { matchingIds } from '../query/matching-ids.ts';
import { pinVersion } from '../runs/pin-version.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { addEvaluation, type NewEvaluation } from './add-evaluation.ts';
import { deleteEvaluation, getEvaluation, listEvaluations } from './evaluation.ts';
import type { JudgementRecord } from './evaluation-record.ts';
import { compareEvaluations, listJudgements } from './judgements.ts';
import { scoreRankings } from './score-rankings.ts';

const judgement = (imageId: number, outcome: string, given: Partial<JudgementRecord> = {}) => ({
  imageId,
  outcome,
  annotationId: null,
  trueCategoryId: null,
  predictedCategoryId: null,
  score: null,
  iou: 0,
  trueBox: null,
  predictedBox: null,
  trueValue: null,
  predictedValue: null,
  wrongness: 0,
  ...given,
});

const firstJudgements = [
  judgement(1, 'matched', {
    annotationId: 1,
    trueCategoryId: 1,
    predictedCategoryId: 1,
    score: 0.75,
    iou: 0.5,
    trueBox: [0, 0, 10, 10],
    predictedBox: [0, 0, 10.5, 9],
    wrongness: 0.25,
  }),
  judgement(1, 'wrong class', {
    annotationId: 4,
    trueCategoryId: 2,
    predictedCategoryId: 1,
    score: 0.5,
    wrongness: 0.5,
  }),
  judgement(2, 'missed', { annotationId: 5, trueCategoryId: 1, wrongness: 1 }),
  judgement(3, 'background', { predictedCategoryId: 2, score: 0.875, wrongness: 0.875 }),
];

let versionCount = 0;

async function evaluated(
  store: Store,
  datasetId: number,
  judgements: readonly JudgementRecord[],
  jobId = randomUUID(),
  given: Partial<NewEvaluation> = {},
) {
  const version = await addModelVersion(store, {
    name: 'finder',
    task: 'detect',
    card: { classes: [] },
    metrics: {},
    primaryMetric: 'AP',
    sha256: String(++versionCount).padStart(64, '0'),
    byteSize: 10,
    source: 'import',
    runId: null,
    notes: '',
    author: 'aiko',
  });
  const evaluationId = await addEvaluation(store, {
    task: 'detect',
    modelName: `finder@${version.version}`,
    modelVersionId: version.id,
    dataset: await pinVersion(store, datasetId, { author: 'aiko' }),
    isTrainedOn: false,
    classes: [
      { categoryId: 1, name: 'RBC' },
      { categoryId: 2, name: 'WBC' },
    ],
    metrics: { AP: 0.5, AP75: Number.NaN },
    perClass: [{ AP: 0.5 }, { AP: Number.NaN }],
    primaryMetric: 'AP',
    scoreThreshold: 0.4,
    confusion: [
      [1, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
    ],
    curves: [[{ recall: 0, precision: 1, score: 0.75 }], []],
    rankings: [
      { classNames: ['rbc'], truthCount: 3, steps: [{ score: 0.5, count: 2, hitCount: 1 }] },
    ],
    calibration: [],
    imageIds: [1, 2, 3, 4],
    leftOut: { learnedCount: 0, undecidedCount: 0, problemCount: 0, classes: [], categories: [] },
    judgements,
    jobId,
    createdBy: 'aiko',
    ...given,
  });
  return { evaluationId, version, jobId };
}

test('an evaluation is kept whole, once for its job, and outlives its model', async () => {
  const { store, datasetId: id } = await bloodCellStore();
  const { evaluationId, version, jobId } = await evaluated(store, id, firstJudgements);
  const again = await evaluated(store, id, [], jobId);
  assert.equal(again.evaluationId, evaluationId);
  const found = await getEvaluation(store, evaluationId);
  assert.deepEqual(found.metrics, { AP: 0.5 });
  assert.deepEqual(found.perClass, [{ AP: 0.5 }, {}]);
  assert.deepEqual(found.outcomes, { matched: 1, 'wrong class': 1, missed: 1, background: 1 });
  assert.deepEqual([found.model?.version, found.imageCount], [version.version, 4]);
  await deleteModel(store, version.modelId);
  const [listed] = (await listEvaluations(store, { datasetId: id }, { from: 0, limit: 10 }))
    .evaluations;
  assert.deepEqual([listed.modelName, listed.model], [`finder@${version.version}`, null]);
  await deleteEvaluation(store, evaluationId);
  await assert.rejects(getEvaluation(store, evaluationId), { code: 'evaluation-not-found' });
  await assert.rejects(deleteEvaluation(store, evaluationId), { code: 'evaluation-not-found' });
});

test('an evaluation knows whose labels it was measured on, as they were then', async () => {
  const { store, datasetId } = await bloodCellStore();
  const edit = (edits: Parameters<typeof applyEdits>[2]) =>
    applyEdits(store, datasetId, edits, { author: 'aiko' });
  const found = (x: number, origin: string) => ({
    do: 'add' as const,
    imageId: 3,
    fields: { category_id: 2, bbox: [x, 100, 10, 10], score: 0.9 },
    origin,
    state: 'proposed' as const,
  });
  const { addedIds } = await edit([
    ...[10, 40, 70].map((x) => found(x, 'model finder@1')),
    found(100, 'model yolo'),
    found(130, 'model finder@1'),
  ]);
  const [first, second, moved, others] = addedIds;
  await edit([first, second, others].map((annotationId) => ({ do: 'accept', annotationId })));
  await edit([{ do: 'change', annotationId: moved, fields: { bbox: [71, 100, 10, 10] } }]);
  const { evaluationId } = await evaluated(store, datasetId, firstJudgements);
  const against = {
    labelCount: 11,
    accepted: [
      { model: 'finder@1', count: 2 },
      { model: 'yolo', count: 1 },
    ],
  };
  assert.deepEqual((await getEvaluation(store, evaluationId)).measuredAgainst, against);
  const { dataset } = await getEvaluation(store, evaluationId);
  await edit([{ do: 'reject', annotationId: first }]);
  const again = await evaluated(store, datasetId, [], randomUUID(), { dataset });
  assert.deepEqual((await getEvaluation(store, again.evaluationId)).measuredAgainst, against);
  const some = await evaluated(store, datasetId, [], randomUUID(), { imageIds: [3], dataset });
  const { measuredAgainst } = await getEvaluation(store, some.evaluationId);
  assert.equal(measuredAgainst?.labelCount, 5);
  const values = await evaluated(store, datasetId, [], randomUUID(), { task: 'regress' });
  assert.equal((await getEvaluation(store, values.evaluationId)).measuredAgainst, null);
});

test('judgements are filtered, and come with the picture, the most wrong first', async () => {
  const { store, datasetId: id } = await bloodCellStore();
  const { evaluationId } = await evaluated(store, id, firstJudgements);
  const outcomesOf = async (filter: Parameters<typeof listJudgements>[2]) => {
    const page = await listJudgements(store, evaluationId, filter, { from: 0, limit: 10 });
    assert.equal(page.total, page.judgements.length);
    return page.judgements.map(({ outcome }) => outcome);
  };
  assert.deepEqual(await outcomesOf({}), ['missed', 'background', 'wrong class', 'matched']);
  assert.deepEqual(await outcomesOf({ trueCategoryId: 2, predictedCategoryId: 1 }), [
    'wrong class',
  ]);
  assert.deepEqual(await outcomesOf({ predictedCategoryId: null }), ['missed']);
  assert.deepEqual(await outcomesOf({ leastScore: 0.6 }), ['background', 'matched']);
  assert.deepEqual(await outcomesOf({ imageId: 1, outcomes: ['matched'] }), ['matched']);
  const { judgements } = await listJudgements(
    store,
    evaluationId,
    { outcomes: ['matched'] },
    { from: 0, limit: 1 },
  );
  const { image, position, ...record } = judgements[0];
  assert.deepEqual(record, firstJudgements[0]);
  assert.equal(image?.fileName, 'day1/a.jpg');
  assert.equal(position, 0);
});

test('the grid shows images by what became of their objects, and in the order of how wrong they are', async () => {
  const { store, datasetId: id } = await bloodCellStore();
  const { evaluationId: of } = await evaluated(store, id, firstJudgements);
  const matching = (query: string) => matchingIds(store, id, { query, of: 'images' });
  assert.deepEqual(await matching(`judged(${of}):missed,background`), [2, 3]);
  assert.deepEqual(await matching(`judged(${of}):wrong_class`), [1]);
  assert.deepEqual(await matching(`judged(${of}):mistake`), [1, 2, 3]);
  assert.deepEqual(await matching(`confused(${of}):WBC/RBC`), [1]);
  assert.deepEqual(await matching(`confused(${of}):"-/WBC",RBC/-`), [2, 3]);
  for (const query of [
    'judged:missed',
    'judged(x):missed',
    'judged(999):missed',
    `confused(${of}):WBC`,
  ]) {
    await assert.rejects(matching(query), { code: 'bad-query' }, query);
  }
  const inOrder = async (sort: string) =>
    (await imagePage(store, id, { sort, limit: 10 })).images.map(({ imageId }) => imageId);
  assert.deepEqual(await inOrder(`-wrong(${of})`), [2, 3, 1, 4]);
  assert.deepEqual(await inOrder(`wrong(${of})`), [4, 1, 3, 2]);
  await assert.rejects(inOrder('wrong(0)'), { code: 'bad-query' });
});

test('two models are compared picture by picture', async () => {
  const { store, datasetId: id } = await bloodCellStore();
  const { evaluationId: one } = await evaluated(store, id, firstJudgements);
  const { evaluationId: other } = await evaluated(store, id, [
    judgement(1, 'missed', { wrongness: 1 }),
    judgement(3, 'background', { wrongness: 0.875 }),
  ]);
  const { better, worse, equal, images } = await compareEvaluations(store, one, other, {
    from: 0,
    limit: 10,
  });
  assert.deepEqual([better, worse, equal], [1, 1, 2]);
  assert.deepEqual(
    images.map((image) => [image.imageId, image.mistakeCount, image.otherMistakeCount]),
    [
      [2, 1, 0],
      [1, 1, 1],
    ],
  );
});

test('scores are told from the last evaluation on unseen pictures, on the dataset itself before others', async () => {
  const { store, datasetId } = await bloodCellStore();
  const { version, evaluationId } = await evaluated(store, datasetId, []);
  const ofVersion = { modelVersionId: version.id };
  const later = (given: Partial<NewEvaluation>) =>
    evaluated(store, datasetId, [], randomUUID(), { modelVersionId: version.id, ...given });
  await later({ isTrainedOn: true });
  await later({ rankings: [] });
  const told = async (of: number) =>
    (await scoreRankings(store, { ...ofVersion, datasetId: of }))?.evaluationId;
  assert.equal(await told(datasetId), evaluationId);
  const { dataset } = await getEvaluation(store, evaluationId);
  const elsewhere = await later({ dataset: { ...dataset, datasetId: null } });
  assert.equal(await told(datasetId), evaluationId);
  assert.equal(await told(datasetId + 1), elsewhere.evaluationId);
  const found = await scoreRankings(store, { ...ofVersion, datasetId });
  assert.deepEqual(found, {
    evaluationId,
    datasetName: 'blood cells',
    rankings: [
      { classNames: ['rbc'], truthCount: 3, steps: [{ score: 0.5, count: 2, hitCount: 1 }] },
    ],
  });
  const other = await evaluated(store, datasetId, [], randomUUID(), { isTrainedOn: true });
  assert.equal(await scoreRankings(store, { modelVersionId: other.version.id, datasetId }), null);
});

// What a model has saved the people of a dataset, measured; and the mistakes that were slipped in for that and got through.

import { slippedKinds } from '@migaki/coco';
import { z } from 'zod';
import { route } from '../route.ts';
import { datasetParams, editKey, estimatedShare, id, sessionId } from './common.ts';
import { annotation, geometry, imageSummary } from './images.ts';

const count = z.number().int().nonnegative();
const millis = z.number().nonnegative();

/** A proposal left out, a box beside its object, a wrong category, a proposal where nothing is. */
const slippedKind = z.enum(slippedKinds);
export type SlippedKind = z.infer<typeof slippedKind>;

/** Objects that each kind of correction was done to. */
const corrections = z.object({
  accept: count,
  reclass: count,
  nudge: count,
  reject: count,
  draw: count,
});

/** Pictures that were looked over, and on which work was timed. */
const timedPictures = z.object({
  pictureCount: count,
  /** That are on them in the end. */
  objectCount: count,
  millis,
  medianMillisPerPicture: millis.nullable(),
  millisPerObject: millis.nullable(),
});

export const savings = z.object({
  /** How the labels that are there came to be. */
  labels: z.object({ accepted: count, corrected: count, drawn: count, imported: count }),
  /** What was done to proposals that were decided on. */
  work: z.object({
    pictureCount: count,
    corrections,
    /** Keys and strokes. */
    actions: count,
    /** Of drawing the same. */
    actionsFromScratch: count,
    /** Objects accepted at once on several pictures: in nothing of the above, since nobody need have looked. */
    acceptedAtOnce: count,
  }),
  time: z.object({
    /** Of all work on the dataset; 0 where none was told of. */
    recordedMillis: millis,
    /** With proposals, in jobs that left controls. */
    assisted: timedPictures,
    /** Controls. */
    byHand: timedPictures,
    /** Of each so many pictures are needed before anything is told. */
    leastCount: count,
    /**
     * Of the time per object, with an interval of 95 %; negative where proposals cost time, null while there are too few
     * pictures.
     */
    saved: z.object({ share: z.number(), low: z.number(), high: z.number() }).nullable(),
  }),
  controls: z.object({
    count,
    /** Of these, what is drawn by hand by now. */
    finishedCount: count,
    /** What the model would have had to be corrected there, by people who did not see its proposals. */
    corrections,
  }),
  mistakes: z.object({
    count,
    /** Of these, on pictures that are not looked over yet. */
    openCount: count,
    /** Of these, on pictures that are looked over, and not dismissed. */
    judgedCount: count,
    slippedCount: count,
    /** Of what was judged; null before anything was. */
    rate: estimatedShare.nullable(),
    byKind: z.array(z.object({ kind: slippedKind, judgedCount: count, slippedCount: count })),
  }),
});
export type Savings = z.infer<typeof savings>;

export const controlFindings = savings.pick({ time: true, controls: true, mistakes: true });
export type ControlFindings = z.infer<typeof controlFindings>;

export const slippedMistake = z.object({
  /** There is one on a picture at most. */
  image: imageSummary,
  kind: slippedKind,
  /** As it stands; null where an object was left out. */
  label: annotation.nullable(),
  /** What the model had found; null where there was nothing. */
  truth: geometry.extend({ categoryId: id, score: z.number() }).nullable(),
});
export type SlippedMistake = z.infer<typeof slippedMistake>;

const imageIds = z.array(id).min(1).max(10_000);

export const savingsRoutes = {
  getSavings: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/savings',
    summary:
      'What a model saved: how labels came to be, actions, time beside that of pictures without proposals, mistakes that slip through',
    permission: 'read',
    params: datasetParams,
    response: savings,
  }),
  getControlFindings: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/savings/controls',
    summary: 'Of that, what only controls tell: quick, however large the dataset is',
    permission: 'read',
    params: datasetParams,
    response: controlFindings,
  }),
  listSlippedMistakes: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/slipped-mistakes',
    summary:
      'Mistakes that were slipped in and stand as they were proposed, on pictures that are looked over',
    permission: 'read',
    params: datasetParams,
    response: z.object({ items: z.array(slippedMistake) }),
  }),
  putSlippedRight: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/slipped-mistakes/put-right',
    summary: 'Make such labels what the model had truly found, under one revision',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      key: editKey,
      sessionId: sessionId.optional(),
      /** Where left out, all of them. */
      imageIds: imageIds.optional(),
    }),
    response: z.object({ revision: z.number().int(), isUnchanged: z.boolean(), count }),
  }),
  dismissSlipped: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/slipped-mistakes/dismissals',
    summary:
      'Say that such labels are right as they stand, so that they do not count, or take that back',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({ imageIds, isDismissed: z.boolean() }),
    /** How many were not so before. */
    response: z.object({ count }),
  }),
};

// Labels that a model speaks against: searched for, listed, dismissed. To take the model's word for it is an edit.

import { mistakeKinds } from '@migaki/coco';
import { z } from 'zod';
import { route } from '../route.ts';
import { datasetParams, id, queryText } from './common.ts';
import { annotation, geometry, imageSummary } from './images.ts';
import { job } from './jobs.ts';

/** `overlooked`: an object that has no label. `misplaced`: a label beside its object. `swapped`: one of another category. */
const mistakeKind = z.enum(mistakeKinds);

export const labelMistake = z.object({
  id,
  kind: mistakeKind,
  /** How much there is to be said against the label, 0 to 1; comparable between kinds. */
  doubt: z.number(),
  image: imageSummary,
  /** Null for what was overlooked. */
  label: annotation.nullable(),
  /** How the model has it; no box for a label of the whole picture. */
  opinion: geometry.extend({ categoryId: id, area: z.number().nullable() }),
  /** Of the model, 0 to 1. */
  score: z.number(),
  /** The score that it gives to the category of the label at that place. */
  ownScore: z.number(),
  /** `name@version` */
  model: z.string(),
  /** Whether the model was trained on this picture, so that it may have learned the mistake. */
  isLearned: z.boolean(),
});
export type LabelMistake = z.infer<typeof labelMistake>;

export const mistakeRoutes = {
  startMistakeSearch: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/mistakes/searches',
    summary:
      'Let a model look for mistakes in the labels; what was found in the same pictures before is replaced, and what somebody has dismissed is not told again',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      /** `cells`, `cells@3`, `cells@champion`. It should have learned from other pictures. */
      model: z.string().min(1),
      /** Which pictures. Those that nobody has labelled yet are left out. */
      query: queryText.default(''),
      /** Smaller doubts are not kept. */
      leastDoubt: z.number().min(0).max(1).default(0.5),
      /** Which category of the dataset a class of the model is, where they are not called alike. */
      map: z.record(z.string(), z.string()).default({}),
    }),
    response: z.object({ job }),
  }),
  listMistakes: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/mistakes',
    summary:
      'Labels that look wrong to a model, the most doubtful first: as long as they are as they were, and nobody has dismissed it',
    permission: 'read',
    params: datasetParams,
    query: z.object({
      /** Of images. */
      q: queryText.default(''),
      kind: mistakeKind.optional(),
      from: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({
      /** Of each kind, whichever is asked for. */
      counts: z.record(mistakeKind, z.number().int()),
      items: z.array(labelMistake),
    }),
  }),
  dismissMistakes: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/mistakes/dismissals',
    summary: 'Say for good that labels are right, or take that back',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({ ids: z.array(id).min(1).max(10_000), isDismissed: z.boolean() }),
    /** How many were not so before. */
    response: z.object({ count: z.number().int() }),
  }),
};

// Accepting many proposals on the word of a random sample: drawn, judged one by one, then decided on together.

import { z } from 'zod';
import { route } from '../route.ts';
import {
  datasetParams,
  editKey,
  estimatedShare,
  id,
  queryText,
  sessionId,
  timestamp,
} from './common.ts';
import { annotation, imageSummary } from './images.ts';

const share = z.number().min(0).max(1);

export const proposalCheck = z.object({
  id,
  categoryId: id,
  /** It is about the open proposals from this score on. */
  score: share,
  /** How many those were when it was drawn. */
  count: z.number().int(),
  /** In the order in which they are judged. */
  sample: z.array(
    z.object({
      annotationId: id,
      /** Null while nobody has said. */
      isRight: z.boolean().nullable(),
      /** Null for what was deleted or rejected meanwhile. */
      object: z.object({ annotation, image: imageSummary }).nullable(),
    }),
  ),
  /** Which part of what was judged is right, and between what it lies for all with 95 %; null before anything was judged. */
  precision: estimatedShare.nullable(),
  author: z.string(),
  createdAt: timestamp,
  /** Null while the rest was not accepted. */
  acceptedRevision: z.number().int().nullable(),
});
export type ProposalCheck = z.infer<typeof proposalCheck>;

const checkParams = datasetParams.extend({ checkId: id });

export const proposalCheckRoutes = {
  getProposalScores: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/proposal-scores',
    summary:
      'How many open proposals of each category have which score, and the sample that was begun last',
    permission: 'annotate',
    params: datasetParams,
    /** Of which objects. */
    query: z.object({ q: queryText.default('') }),
    response: z.object({
      categories: z.array(
        z.object({
          categoryId: id,
          /** Of each twentieth from 0 to 1. */
          counts: z.array(z.number().int()),
        }),
      ),
      /** One’s own that was not decided on. */
      unfinishedId: id.nullable(),
    }),
  }),
  drawProposalCheck: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/proposal-checks',
    summary: 'Draw a random sample of the open proposals of a category from a score on',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      categoryId: id,
      score: share,
      size: z.number().int().min(5).max(500).default(20),
      /** Which objects are meant; all where left out. */
      query: queryText.default(''),
      /** For the same draw again. */
      seed: z
        .number()
        .int()
        .min(0)
        .max(2 ** 31 - 2)
        .optional(),
    }),
    response: proposalCheck,
  }),
  getProposalCheck: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/proposal-checks/:checkId',
    summary: 'A sample, with what was said of it so far',
    permission: 'annotate',
    params: checkParams,
    response: proposalCheck,
  }),
  judgeProposal: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/proposal-checks/:checkId/judgements',
    summary: 'Say of one of a sample whether it is right, or take that back',
    permission: 'annotate',
    params: checkParams,
    body: z.object({ annotationId: id, isRight: z.boolean().nullable() }),
    response: proposalCheck,
  }),
  acceptProposals: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/proposal-checks/:checkId/accept',
    summary:
      'Accept all that a judged sample stands for and reject what was wrong in it, under one revision; refused where half of it was wrong',
    permission: 'annotate',
    params: checkParams,
    body: z.object({ key: editKey, sessionId: sessionId.optional() }),
    response: z.object({
      revision: z.number().int(),
      isUnchanged: z.boolean(),
      acceptedCount: z.number().int(),
      rejectedCount: z.number().int(),
      /** Decided on or changed since the draw, and left as they are. */
      leftCount: z.number().int(),
    }),
  }),
};

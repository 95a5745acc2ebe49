// Samples of proposals: drawn, judged, and what they stand for accepted.

import type { ProposalCheck } from '@migaki/api';
import {
  acceptProposals,
  drawProposalCheck,
  getProposalCheck,
  judgeProposal,
  objectPage,
  proposalScores,
  type Store,
  type ProposalCheck as StoredCheck,
  unfinishedProposalCheck,
} from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import { annotation, imageSummary, time } from './answers.ts';

type CheckHandlers = Pick<
  Handlers,
  | 'getProposalScores'
  | 'drawProposalCheck'
  | 'getProposalCheck'
  | 'judgeProposal'
  | 'acceptProposals'
>;

export function proposalCheckHandlers(store: Store): CheckHandlers {
  const answered = (datasetId: number, check: StoredCheck) => withObjects(store, datasetId, check);
  return {
    getProposalScores: async ({ params: { datasetId }, query: { q } }, { caller }) => {
      const [categories, unfinished] = await Promise.all([
        proposalScores(store, datasetId, { query: q }),
        unfinishedProposalCheck(store, datasetId, caller.user),
      ]);
      return { categories, unfinishedId: unfinished?.id ?? null };
    },
    drawProposalCheck: async ({ params: { datasetId }, body }, { caller }) =>
      answered(datasetId, await drawProposalCheck(store, datasetId, body, caller.user)),
    getProposalCheck: async ({ params: { datasetId, checkId } }) =>
      answered(datasetId, await getProposalCheck(store, datasetId, checkId)),
    judgeProposal: async ({ params: { datasetId, checkId }, body }) =>
      answered(datasetId, await judgeProposal(store, datasetId, checkId, body)),
    acceptProposals: ({ params: { datasetId, checkId }, body }, { caller }) =>
      acceptProposals(store, datasetId, checkId, { ...body, author: caller.user }),
  };
}

async function withObjects(
  store: Store,
  datasetId: number,
  { sample, createdAt, revision: _, seed: __, ...check }: StoredCheck,
): Promise<ProposalCheck> {
  const ids = sample.map(({ annotationId }) => annotationId);
  const { objects } = await objectPage(store, datasetId, {
    query: `annotation:${ids.join(',')}`,
    limit: ids.length,
  });
  const found = new Map(objects.map((object) => [object.annotationId, object]));
  return {
    ...check,
    createdAt: time(createdAt),
    sample: sample.map(({ annotationId, isRight }) => {
      const object = found.get(annotationId);
      return {
        annotationId,
        isRight,
        object:
          object === undefined
            ? null
            : { annotation: annotation(object), image: imageSummary(object.image) },
      };
    }),
  };
}

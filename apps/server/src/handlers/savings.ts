// What a model has saved, and what was slipped in to measure that and stands among the labels.

import {
  controlFindings,
  datasetSavings,
  dismissSlipped,
  getDataset,
  listSlippedMistakes,
  putSlippedRight,
  type Store,
} from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import { annotation, geometry, imageSummary } from './answers.ts';

type SavingsHandlers = Pick<
  Handlers,
  'getSavings' | 'getControlFindings' | 'listSlippedMistakes' | 'putSlippedRight' | 'dismissSlipped'
>;

export function savingsHandlers(store: Store): SavingsHandlers {
  return {
    getSavings: ({ params: { datasetId } }) => datasetSavings(store, datasetId),
    getControlFindings: ({ params: { datasetId } }) => controlFindings(store, datasetId),

    listSlippedMistakes: async ({ params: { datasetId } }) => {
      await getDataset(store, datasetId);
      const found = await listSlippedMistakes(store, datasetId);
      return {
        items: found.map(({ image, kind, label, truth }) => ({
          image: imageSummary(image),
          kind,
          label: label && annotation(label),
          truth: truth && {
            ...geometry({ coco: truth as Parameters<typeof geometry>[0]['coco'] }),
            categoryId: truth.category_id as number,
            score: truth.score as number,
          },
        })),
      };
    },

    putSlippedRight: async ({ params: { datasetId }, body }, { caller }) => {
      const { imageIds, key, sessionId } = body;
      const context = { author: caller.user, key, sessionId };
      return putSlippedRight(store, datasetId, { imageIds, as: 'accepted' }, context);
    },

    dismissSlipped: async ({ params: { datasetId }, body }, { caller }) => {
      await getDataset(store, datasetId);
      const { imageIds, isDismissed } = body;
      const author = caller.user;
      return { count: await dismissSlipped(store, datasetId, imageIds, { author, isDismissed }) };
    },
  };
}

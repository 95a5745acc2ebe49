// Mistakes in labels: a search is settled before it is queued, as a pre-annotation is.

import type { LabelMistake } from '@migaki/api';
import { phrase } from '@migaki/coco';
import {
  countImages,
  dismissSuspicions,
  getDataset,
  type Jobs,
  type LabelSuspicion,
  listCategories,
  listSuspicions,
  type Store,
} from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import type { FindMistakesParams } from '../jobs/find-mistakes/find-mistakes-job.ts';
import { nameOfModel } from '../runs/name-of-model.ts';
import { annotation, geometry, imageSummary, job } from './answers.ts';
import { findProposer, proposedMatches } from './proposer.ts';

export function mistakeHandlers(
  store: Store,
  jobs: Jobs,
): Pick<Handlers, 'startMistakeSearch' | 'listMistakes' | 'dismissMistakes'> {
  return {
    startMistakeSearch: async ({ params: { datasetId }, body }, { caller }) => {
      const dataset = await getDataset(store, datasetId);
      const { model, card } = await findProposer(store, body.model);
      const matches = proposedMatches(card, await listCategories(store, datasetId), body.map);
      // A query that cannot be understood is told now.
      await countImages(store, datasetId, { query: body.query });
      const asked: FindMistakesParams = {
        datasetId,
        model,
        query: body.query,
        leastDoubt: body.leastDoubt,
        classes: matches.map(({ name, categoryId }) => [name, categoryId]),
      };
      const id = await jobs.enqueue({
        kind: 'find-mistakes',
        params: asked,
        title: phrase`Let ${nameOfModel(model)} look for mistakes in ${dataset.name}`,
        datasetId,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)) };
    },
    listMistakes: async ({ params: { datasetId }, query: { q, kind, from, limit } }) => {
      await getDataset(store, datasetId);
      const filter = { query: q, kind };
      const page = { from, limit };
      const { counts, suspicions } = await listSuspicions(store, datasetId, filter, page);
      return { counts, items: suspicions.map(labelMistake) };
    },
    dismissMistakes: async ({ params: { datasetId }, body: { ids, isDismissed } }, { caller }) => {
      await getDataset(store, datasetId);
      const author = caller.user;
      return { count: await dismissSuspicions(store, datasetId, ids, { author, isDismissed }) };
    },
  };
}

function labelMistake({ image, label, opinion, ...one }: LabelSuspicion): LabelMistake {
  return {
    ...one,
    image: imageSummary(image),
    label: label === null ? null : annotation(label),
    opinion: {
      ...geometry({ coco: opinion }),
      categoryId: opinion.category_id!,
      area: opinion.area ?? null,
    },
  };
}

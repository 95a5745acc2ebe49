// What a pre-annotation is asked for, settled before it is queued: the version of the model, and which class is which category.

import { phrase } from '@migaki/coco';
import { countImages, getDataset, type Jobs, type Store } from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import type { PreannotateParams } from '../jobs/preannotate/preannotate-job.ts';
import { nameOfModel } from '../runs/name-of-model.ts';
import { job } from './answers.ts';
import { modelForDataset } from './model-for-dataset.ts';

export function preannotationHandlers(
  store: Store,
  jobs: Jobs,
): Pick<Handlers, 'startPreannotation'> {
  return {
    startPreannotation: async ({ params: { datasetId }, body }, { caller }) => {
      const dataset = await getDataset(store, datasetId);
      const { model, matches } = await modelForDataset(store, datasetId, body.model, body.map);
      const { query, onlyUnlabelled, threshold, thresholds } = body;
      // A query that cannot be understood is told now.
      await countImages(store, datasetId, { query });
      const asked: PreannotateParams = {
        datasetId,
        model,
        query,
        onlyUnlabelled,
        classes: matches.map(({ name, categoryId }) => [
          name,
          { categoryId, threshold: thresholds[name] ?? threshold },
        ]),
        author: caller.user,
      };
      const id = await jobs.enqueue({
        kind: 'preannotate',
        params: asked,
        title: phrase`Let ${nameOfModel(model)} propose for ${dataset.name}`,
        datasetId,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)) };
    },
  };
}

// Pre-annotation: a model looks at pictures, and what it finds becomes proposals that people accept, correct or reject.

import { z } from 'zod';
import { route } from '../route.ts';
import { datasetParams, queryText } from './common.ts';
import { job } from './jobs.ts';

const threshold = z.number().min(0).max(1);

export const preannotationRoutes = {
  startPreannotation: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/preannotations',
    summary:
      'Let a model propose; what it proposed before and nobody has decided on is replaced, and no one’s work is touched',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      /** `cells`, `cells@3`, `cells@champion`. */
      model: z.string().min(1),
      /** Which pictures. */
      query: queryText.default(''),
      /** Leave out pictures that have an object that was accepted or drawn. */
      onlyUnlabelled: z.boolean().default(false),
      /** From which score on something is proposed. */
      threshold: threshold.default(0.5),
      /** Of some classes, by the model's name. */
      thresholds: z.record(z.string(), threshold).default({}),
      /** Which category of the dataset a class of the model is, where they are not called alike. */
      map: z.record(z.string(), z.string()).default({}),
    }),
    response: z.object({ job }),
  }),
};

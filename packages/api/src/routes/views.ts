// Saved views: a query and an order under a name.

import { z } from 'zod';
import { route } from '../route.ts';
import { datasetParams, nothing, queryText } from './common.ts';
import { sortOrder } from './images.ts';

export const savedView = z.object({
  name: z.string().trim().min(1).max(100),
  query: queryText,
  sort: sortOrder,
});
export type SavedView = z.infer<typeof savedView>;

export const viewRoutes = {
  listViews: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/views',
    summary: 'The saved views, by name',
    permission: 'read',
    params: datasetParams,
    response: z.object({ views: z.array(savedView) }),
  }),
  saveView: route({
    method: 'PUT',
    path: '/api/datasets/:datasetId/views',
    summary: 'Save a view, in place of one with the same name',
    permission: 'annotate',
    params: datasetParams,
    body: savedView,
    response: savedView,
  }),
  deleteView: route({
    method: 'DELETE',
    path: '/api/datasets/:datasetId/views/:name',
    summary: 'Forget a saved view',
    permission: 'annotate',
    params: datasetParams.extend({ name: z.string() }),
    response: nothing,
  }),
};

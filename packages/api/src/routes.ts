// All routes. The server must have a handler for each, the client has a function for each.

import { backupRoutes } from './routes/backups.ts';
import { commentRoutes } from './routes/comments.ts';
import { datasetRoutes } from './routes/datasets.ts';
import { editRoutes } from './routes/edits.ts';
import { embeddingRoutes } from './routes/embeddings.ts';
import { evaluationRoutes } from './routes/evaluations.ts';
import { historyRoutes } from './routes/history.ts';
import { imageRoutes } from './routes/images.ts';
import { jobRoutes } from './routes/jobs.ts';
import { mistakeRoutes } from './routes/mistakes.ts';
import { modelRoutes } from './routes/models.ts';
import { preannotationRoutes } from './routes/preannotation.ts';
import { proposalCheckRoutes } from './routes/proposal-checks.ts';
import { runRoutes } from './routes/runs.ts';
import { savingsRoutes } from './routes/savings.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { transferRoutes } from './routes/transfers.ts';
import { versionRoutes } from './routes/versions.ts';
import { viewRoutes } from './routes/views.ts';
import { workTimeRoutes } from './routes/work-time.ts';

/** By noun, as the API page groups them. */
export const routeGroups = {
  datasets: datasetRoutes,
  images: imageRoutes,
  edits: editRoutes,
  comments: commentRoutes,
  workTime: workTimeRoutes,
  versions: versionRoutes,
  history: historyRoutes,
  views: viewRoutes,
  runs: runRoutes,
  models: modelRoutes,
  evaluations: evaluationRoutes,
  preannotation: preannotationRoutes,
  mistakes: mistakeRoutes,
  proposalChecks: proposalCheckRoutes,
  savings: savingsRoutes,
  embeddings: embeddingRoutes,
  transfers: transferRoutes,
  backups: backupRoutes,
  jobs: jobRoutes,
  sessions: sessionRoutes,
};

export const routes = {
  ...datasetRoutes,
  ...imageRoutes,
  ...editRoutes,
  ...commentRoutes,
  ...workTimeRoutes,
  ...versionRoutes,
  ...historyRoutes,
  ...viewRoutes,
  ...runRoutes,
  ...modelRoutes,
  ...evaluationRoutes,
  ...preannotationRoutes,
  ...mistakeRoutes,
  ...proposalCheckRoutes,
  ...savingsRoutes,
  ...embeddingRoutes,
  ...transferRoutes,
  ...backupRoutes,
  ...jobRoutes,
  ...sessionRoutes,
};
export type Routes = typeof routes;
export type RouteName = keyof Routes;

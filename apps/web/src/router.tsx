// The pages and their addresses. What a page shows is in its address; all search values are texts.

import { searchText } from '@migaki/api';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { readAnnotateSearch } from './annotate/search.ts';
import { fetchAhead } from './annotate/session/image-ahead.ts';
import { DatasetPage } from './dataset/DatasetPage.tsx';
import {
  readCategoriesSearch,
  readGridSearch,
  readLookOverSearch,
  readMistakesSearch,
  readQuerySearch,
  readVersionsSearch,
} from './dataset/search.ts';
import { DatasetsPage } from './datasets/DatasetsPage.tsx';
import { readEvaluationSearch } from './evaluations/search.ts';
import { readModelSearch, readModelsSearch } from './models/search.ts';
import {
  readCompareSearch,
  readRunSearch,
  readRunsSearch,
  readTrainSearch,
} from './runs/search.ts';
import { NotFound } from './shell/NotFound.tsx';
import { RouteError } from './shell/RouteError.tsx';
import { Shell } from './shell/Shell.tsx';

const root = createRootRoute({ component: Shell });

const datasets = createRoute({ getParentRoute: () => root, path: '/', component: DatasetsPage });
/** Who cuts an address short means the list. */
const datasetsByName = createRoute({
  getParentRoute: () => root,
  path: '/datasets',
  beforeLoad: () => {
    throw redirect({ to: '/', replace: true });
  },
});
const dataset = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$datasetId',
  component: DatasetPage,
});
const datasetIndex = createRoute({
  getParentRoute: () => dataset,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/datasets/$datasetId/images', params, replace: true });
  },
});
const images = createRoute({
  getParentRoute: () => dataset,
  path: '/images',
  validateSearch: readGridSearch,
  component: lazyRouteComponent(() => import('./dataset/ViewTab.tsx'), 'ImagesTab'),
});
const objects = createRoute({
  getParentRoute: () => dataset,
  path: '/objects',
  validateSearch: readGridSearch,
  component: lazyRouteComponent(() => import('./dataset/ViewTab.tsx'), 'ObjectsTab'),
});
const lookOver = createRoute({
  getParentRoute: () => dataset,
  path: '/look-over',
  validateSearch: readLookOverSearch,
  component: lazyRouteComponent(() => import('./look-over/LookOverPage.tsx'), 'LookOverPage'),
});
const mistakes = createRoute({
  getParentRoute: () => dataset,
  path: '/mistakes',
  validateSearch: readMistakesSearch,
  component: lazyRouteComponent(() => import('./dataset/mistakes/MistakesTab.tsx'), 'MistakesTab'),
});
const statistics = createRoute({
  getParentRoute: () => dataset,
  path: '/statistics',
  validateSearch: readQuerySearch,
  component: lazyRouteComponent(
    () => import('./dataset/statistics/StatisticsTab.tsx'),
    'StatisticsTab',
  ),
});
const map = createRoute({
  getParentRoute: () => dataset,
  path: '/map',
  validateSearch: readQuerySearch,
  component: lazyRouteComponent(() => import('./dataset/map/MapTab.tsx'), 'MapTab'),
});
const categories = createRoute({
  getParentRoute: () => dataset,
  path: '/categories',
  validateSearch: readCategoriesSearch,
  component: lazyRouteComponent(
    () => import('./dataset/categories/CategoriesTab.tsx'),
    'CategoriesTab',
  ),
});
const versions = createRoute({
  getParentRoute: () => dataset,
  path: '/versions',
  validateSearch: readVersionsSearch,
  component: lazyRouteComponent(() => import('./dataset/versions/VersionsTab.tsx'), 'VersionsTab'),
});
const datasetRuns = createRoute({
  getParentRoute: () => dataset,
  path: '/runs',
  component: lazyRouteComponent(() => import('./models/DatasetRunsTab.tsx'), 'DatasetRunsTab'),
});
const datasetRounds = createRoute({
  getParentRoute: () => dataset,
  path: '/rounds',
  component: lazyRouteComponent(() => import('./rounds/RoundsTab.tsx'), 'RoundsTab'),
});
const datasetTrash = createRoute({
  getParentRoute: () => dataset,
  path: '/trash',
  component: lazyRouteComponent(() => import('./dataset/TrashTab.tsx'), 'TrashTab'),
});
const annotate = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$datasetId/annotate/$imageId',
  validateSearch: readAnnotateSearch,
  loader: ({ params }) => fetchAhead(Number(params.datasetId), Number(params.imageId)),
  component: lazyRouteComponent(() => import('./annotate/AnnotatePage.tsx'), 'AnnotatePage'),
});
const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: readRunsSearch,
  component: lazyRouteComponent(() => import('./runs/RunsPage.tsx'), 'RunsPage'),
});
const train = createRoute({
  getParentRoute: () => root,
  path: '/runs/new',
  validateSearch: readTrainSearch,
  component: lazyRouteComponent(() => import('./runs/train/TrainPage.tsx'), 'TrainPage'),
});
const compareRuns = createRoute({
  getParentRoute: () => root,
  path: '/runs/compare',
  validateSearch: readCompareSearch,
  component: lazyRouteComponent(() => import('./runs/compare/ComparePage.tsx'), 'ComparePage'),
});
const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$runId',
  validateSearch: readRunSearch,
  component: lazyRouteComponent(() => import('./runs/run/RunPage.tsx'), 'RunPage'),
});
const models = createRoute({
  getParentRoute: () => root,
  path: '/models',
  validateSearch: readModelsSearch,
  component: lazyRouteComponent(() => import('./models/ModelsPage.tsx'), 'ModelsPage'),
});
const model = createRoute({
  getParentRoute: () => root,
  path: '/models/$modelId',
  validateSearch: readModelSearch,
  component: lazyRouteComponent(() => import('./models/ModelPage.tsx'), 'ModelPage'),
});
const evaluation = createRoute({
  getParentRoute: () => root,
  path: '/evaluations/$evaluationId',
  validateSearch: readEvaluationSearch,
  component: lazyRouteComponent(() => import('./evaluations/EvaluationPage.tsx'), 'EvaluationPage'),
});
const jobs = createRoute({
  getParentRoute: () => root,
  path: '/jobs',
  validateSearch: (search: Record<string, unknown>): { job?: string } =>
    typeof search.job === 'string' ? { job: search.job } : {},
  component: lazyRouteComponent(() => import('./jobs/JobsPage.tsx'), 'JobsPage'),
});
const trash = createRoute({
  getParentRoute: () => root,
  path: '/trash',
  component: lazyRouteComponent(() => import('./trash/TrashPage.tsx'), 'TrashPage'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/SettingsPage.tsx'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    datasets,
    datasetsByName,
    dataset.addChildren([
      datasetIndex,
      images,
      objects,
      mistakes,
      lookOver,
      categories,
      statistics,
      map,
      versions,
      datasetRuns,
      datasetRounds,
      datasetTrash,
    ]),
    annotate,
    runs,
    train,
    compareRuns,
    run,
    models,
    model,
    evaluation,
    jobs,
    trash,
    settings,
  ]),
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: searchText,
  defaultPreload: 'intent',
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

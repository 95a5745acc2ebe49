// Datasets and their categories.

import type { CategoryFields, Dataset, DatasetSummary } from '@migaki/api';
import {
  addCategory,
  changeCategory,
  controlShares,
  countImages,
  createDataset,
  deleteCategory,
  deleteDataset,
  endMistakesOfCategories,
  getDataset,
  imagePage,
  listCategories,
  listDatasets,
  mergeCategories,
  orderCategories,
  purgeDataset,
  type Store,
  type Dataset as StoredDataset,
  undeleteDataset,
  updateDataset,
} from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import { category, datasetSummary } from './answers.ts';

const coverCount = 4;

type DatasetHandlers = Pick<
  Handlers,
  | 'listDatasets'
  | 'createDataset'
  | 'getDataset'
  | 'changeDataset'
  | 'deleteDataset'
  | 'restoreDataset'
  | 'addCategory'
  | 'changeCategory'
  | 'orderCategories'
  | 'mergeCategories'
  | 'deleteCategory'
>;

export function datasetHandlers(store: Store): DatasetHandlers {
  const summary = async (dataset: StoredDataset): Promise<DatasetSummary> => {
    const [{ images }, missing] = await Promise.all([
      imagePage(store, dataset.id, { query: '-is:missing', limit: coverCount }),
      countImages(store, dataset.id, { query: 'is:missing' }),
    ]);
    const covers = images.flatMap(({ sha256 }) => sha256 ?? []);
    const chosen = dataset.cover?.sha256;
    const first = chosen === undefined ? [] : [chosen];
    return datasetSummary(dataset, {
      covers: [...new Set([...first, ...covers])].slice(0, coverCount),
      missing,
    });
  };
  const whole = async (dataset: StoredDataset): Promise<Dataset> => ({
    ...(await summary(dataset)),
    categories: (await listCategories(store, dataset.id)).map(category),
    controlShares: await controlShares(store, dataset.id),
  });
  const categoryOf = async (datasetId: number, categoryId: number) =>
    category(
      (await listCategories(store, datasetId)).find((each) => each.categoryId === categoryId)!,
    );

  return {
    listDatasets: async ({ query: { trash } }) => ({
      datasets: await Promise.all(
        (await listDatasets(store, { deleted: trash === 'only' })).map(summary),
      ),
    }),
    createDataset: async ({ body }) => whole(await createDataset(store, body)),
    getDataset: async ({ params }) => whole(await getDataset(store, params.datasetId)),
    changeDataset: async ({ params, body: { coverImageId, ...body } }) =>
      whole(
        await updateDataset(store, params.datasetId, {
          ...body,
          coverImageId: coverImageId ?? undefined,
        }),
      ),
    deleteDataset: async ({ params, query }) => {
      const remove = query.forever === 'true' ? purgeDataset : deleteDataset;
      await remove(store, params.datasetId);
      return {};
    },
    restoreDataset: async ({ params }) => whole(await undeleteDataset(store, params.datasetId)),

    addCategory: async ({ params: { datasetId }, body }, { caller }) => {
      const { categoryId, revision } = await addCategory(store, datasetId, withoutNulls(body), {
        author: caller.user,
      });
      return { ...(await categoryOf(datasetId, categoryId)), revision };
    },
    changeCategory: async ({ params, body: { keypointSources, ...body } }, { caller }) => {
      const { datasetId, categoryId } = params;
      const context = { author: caller.user, keypointSources };
      const { revision } = await changeCategory(
        store,
        datasetId,
        categoryId,
        cocoFields(body),
        context,
      );
      return { ...(await categoryOf(datasetId, categoryId)), revision };
    },
    orderCategories: async ({ params: { datasetId }, body }, { caller }) => {
      const context = { author: caller.user };
      const { revision } = await orderCategories(store, datasetId, body.categoryIds, context);
      return { revision };
    },
    mergeCategories: async ({ params: { datasetId, categoryId }, body: { from } }, { caller }) => {
      const what = { into: categoryId, from };
      await endMistakesOfCategories(store, datasetId, from, caller.user);
      const merged = await mergeCategories(store, datasetId, what, { author: caller.user });
      return { revision: merged.revision, objectCount: merged.annotationCount };
    },
    deleteCategory: async ({ params, query }, { caller }) => {
      if (query.objects !== undefined) {
        const { datasetId, categoryId } = params;
        await endMistakesOfCategories(store, datasetId, [categoryId], caller.user);
      }
      const { revision, annotationCount } = await deleteCategory(
        store,
        params.datasetId,
        params.categoryId,
        {
          author: caller.user,
          objects: query.objects === 'delete' ? 'remove' : query.objects,
        },
      );
      return { revision, objectCount: annotationCount };
    },
  };
}

/** The API's names as files have them; what is left out stays out. */
function cocoFields(body: Partial<CategoryFields>): Record<string, unknown> {
  const { flipIndex, keypointPositions, ...fields } = body;
  return {
    ...fields,
    ...(flipIndex !== undefined && { flip_idx: flipIndex }),
    ...(keypointPositions !== undefined && { keypoint_positions: keypointPositions }),
  };
}

function withoutNulls(body: Partial<CategoryFields>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(cocoFields(body)).filter(([, value]) => value !== null));
}

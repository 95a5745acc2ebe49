// Datasets and their categories.

import type { Dataset, DatasetSummary } from '@migaki/api';
import {
  addCategory,
  changeCategory,
  countImages,
  createDataset,
  deleteCategory,
  deleteDataset,
  getDataset,
  imagePage,
  listCategories,
  listDatasets,
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

    addCategory: async ({ params, body }, { caller }) => {
      const context = { author: caller.user };
      const { categoryId } = await addCategory(
        store,
        params.datasetId,
        withoutNulls(body),
        context,
      );
      return categoryOf(params.datasetId, categoryId);
    },
    changeCategory: async ({ params, body }, { caller }) => {
      const { datasetId, categoryId } = params;
      await changeCategory(store, datasetId, categoryId, body, { author: caller.user });
      return categoryOf(datasetId, categoryId);
    },
    deleteCategory: async ({ params, query }, { caller }) => {
      const objects = query.objects === 'delete' ? 'remove' : query.objects;
      await deleteCategory(store, params.datasetId, params.categoryId, {
        author: caller.user,
        objects,
      });
      return {};
    },
  };
}

function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

// What can be done to categories: each says what was done and offers to take it back.

import type { Category, CategoryFields } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { client, queryClient } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyWithUndo } from '../../shell/notify.tsx';
import { rememberRevision } from '../bulk/done-revisions.ts';
import { undoRevision } from '../bulk/undo.ts';

export type CategoryChange = Partial<CategoryFields> & { keypointSources?: (number | null)[] };

export function useCategoryActions(datasetId: number) {
  const { t } = useTranslation();
  const params = { datasetId };
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['dataset', datasetId] });

  /** @param revisions made, the first one first */
  const tell = async (message: string, revisions: readonly number[]): Promise<void> => {
    await refresh();
    const hide = notifyWithUndo(message, t('undo'), async () => {
      for (const revision of revisions.toReversed()) await undoRevision(datasetId, revision);
    });
    for (const revision of revisions) rememberRevision(datasetId, revision, { hide });
  };

  return {
    /** @throws what the server says, for the form to show */
    async add({ keypointSources: _, ...fields }: CategoryChange & { name: string }) {
      const { id, name, revision } = await client.addCategory({ params, body: fields });
      await tell(t('categories.added', { name }), [revision]);
      return id;
    },

    /** @throws what the server says, for the form to show */
    async change(categoryId: number, body: CategoryChange) {
      const { name, revision } = await client.changeCategory({
        params: { datasetId, categoryId },
        body,
      });
      await tell(t('categories.changed', { name }), [revision]);
    },

    async merge(into: Category, from: readonly Category[]) {
      try {
        const { revision } = await client.mergeCategories({
          params: { datasetId, categoryId: into.id },
          body: { from: from.map(({ id }) => id) },
        });
        await tell(t('categories.merged', { count: from.length, name: into.name }), [revision]);
      } catch (error) {
        notifyError(error);
      }
    },

    /** Deletes categories and their objects. */
    async remove(categories: readonly Category[]) {
      const revisions: number[] = [];
      try {
        for (const { id: categoryId } of categories) {
          const { revision } = await client.deleteCategory({
            params: { datasetId, categoryId },
            query: { objects: 'delete' },
          });
          revisions.push(revision);
        }
      } catch (error) {
        notifyError(error);
      }
      const [{ name }] = categories;
      if (revisions.length > 0) {
        await tell(t('categories.removed', { count: revisions.length, name }), revisions);
      }
    },

    async order(categoryIds: number[]) {
      try {
        const { revision } = await client.orderCategories({ params, body: { categoryIds } });
        await tell(t('categories.ordered'), [revision]);
      } catch (error) {
        notifyError(error);
      }
    },
  };
}

// What a pre-annotation is asked for, settled before it is queued: the version of the model, and which class is which category.

import { phrase } from '@migaki/coco';
import {
  countImages,
  findModelVersion,
  getDataset,
  type Jobs,
  listCategories,
  type ModelVersion,
  type Store,
  StoreError,
} from '@migaki/store';
import type { ModelCard } from '@migaki/train';
import type { Handlers } from '../http/handlers.ts';
import { matchClasses } from '../jobs/preannotate/match-classes.ts';
import type { PreannotateParams } from '../jobs/preannotate/preannotate-job.ts';
import { job } from './answers.ts';

export function preannotationHandlers(
  store: Store,
  jobs: Jobs,
): Pick<Handlers, 'startPreannotation'> {
  return {
    startPreannotation: async ({ params: { datasetId }, body }, { caller }) => {
      const dataset = await getDataset(store, datasetId);
      const { modelId, version, name, ...found } = await findModelVersion(store, body.model);
      const card = cardOfProposer(found);
      const categories = await listCategories(store, datasetId);
      const matches = matchClasses(
        card.classes.map((one) => one.name),
        categories.map(({ categoryId, coco }) => ({ id: categoryId, name: coco.name })),
        body.map,
      );
      for (const match of matches) checkKeypoints(card, match, categories);
      const { query, onlyUnlabelled, threshold, thresholds } = body;
      // A query that cannot be understood is told now.
      await countImages(store, datasetId, { query });
      const asked: PreannotateParams = {
        datasetId,
        model: { modelId, version, name },
        query,
        onlyUnlabelled,
        classes: matches.map(({ name: className, categoryId }) => [
          className,
          { categoryId, threshold: thresholds[className] ?? threshold },
        ]),
        author: caller.user,
      };
      const id = await jobs.enqueue({
        kind: 'preannotate',
        params: asked,
        title: phrase`Let ${`${name}@${version}`} propose for ${dataset.name}`,
        datasetId,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)) };
    },
  };
}

const proposing: readonly string[] = ['detect', 'segment', 'pose', 'classify'];

/** @throws StoreError `bad-preannotation` for a model whose answers are no annotations */
function cardOfProposer({ task, card }: Pick<ModelVersion, 'task' | 'card'>): ModelCard {
  if (proposing.includes(task)) return card as unknown as ModelCard;
  throw new StoreError('bad-preannotation', {
    where: 'model',
    expected: phrase`a model that finds objects or classes (${proposing.join(', ')})`,
    found: phrase`one of the task ${task}`,
  });
}

/** @throws StoreError `bad-preannotation` where a pose has other points than the category */
function checkKeypoints(
  card: ModelCard,
  { name, categoryId }: { name: string; categoryId: number },
  categories: Awaited<ReturnType<typeof listCategories>>,
): void {
  if (card.task.task !== 'pose') return;
  const keypoints = card.classes.find((one) => one.name === name)?.keypoints ?? [];
  const own = categories.find((one) => one.categoryId === categoryId)?.coco.keypoints ?? [];
  if (keypoints.length === own.length) return;
  throw new StoreError('bad-preannotation', {
    where: name,
    expected: phrase`a category with ${keypoints.length} keypoints, as the model has`,
    found: phrase`one with ${own.length}`,
  });
}

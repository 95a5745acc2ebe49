// A model that is to look at a dataset: which version it is, and which of its classes is which category.

import { phrase } from '@migaki/coco';
import {
  findModelVersion,
  type ModelVersion,
  type Store,
  StoreError,
  type StoreErrorCode,
} from '@migaki/store';
import type { ModelCard } from '@migaki/train';
import type { KnownCategory } from '../jobs/adopt-categories.ts';
import { type ClassMatch, matchClasses } from '../jobs/match-classes.ts';
import type { ShownDataset } from '../jobs/show-dataset.ts';

/**
 * @param reference `cells`, `cells@3` or `cells@champion`
 * @throws StoreError `model-not-found`; `bad-preannotation` for a model whose answers are no annotations
 */
export async function findProposer(
  store: Store,
  reference: string,
): Promise<{ model: ShownDataset['model']; card: ModelCard }> {
  const { modelId, version, name, ...found } = await findModelVersion(store, reference);
  return { model: { modelId, version, name }, card: cardOfProposer(found) };
}

/**
 * Which category each class of a model is, where its proposals are to be of these.
 *
 * @param map which category a class is, where they are not called alike
 * @throws StoreError `bad-preannotation` where none is, a name in the map is none, or a pose has other points
 */
export function proposedMatches(
  card: ModelCard,
  categories: readonly KnownCategory[],
  map: Readonly<Record<string, string>>,
): ClassMatch[] {
  const matches = cardMatches(card, categories, map, 'bad-preannotation');
  for (const match of matches) checkKeypoints(card, match, categories);
  return matches;
}

/** @throws StoreError of the code where no class is a category, or a name in the map is none */
export const cardMatches = (
  { classes }: Pick<ModelCard, 'classes'>,
  categories: readonly KnownCategory[],
  map: Readonly<Record<string, string>>,
  code: StoreErrorCode,
): ClassMatch[] =>
  matchClasses(
    classes.map(({ name }) => name),
    categories.map(({ categoryId, coco }) => ({ id: categoryId, name: coco.name })),
    map,
    code,
  );

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
  { name, categoryId }: ClassMatch,
  categories: readonly KnownCategory[],
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

// A model that is to look at a dataset: which version it is, and which of its classes is which category.

import { phrase } from '@migaki/coco';
import {
  type ChangeContext,
  findModelVersion,
  listCategories,
  type ModelVersion,
  type Store,
  StoreError,
  type StoreErrorCode,
} from '@migaki/store';
import type { ModelCard } from '@migaki/train';
import { type ClassMatch, checkClasses, matchClasses } from '../jobs/match-classes.ts';
import type { ShownDataset } from '../jobs/show-dataset.ts';
import { adoptCategories } from './adopt-categories.ts';

export interface ModelForDataset {
  model: ShownDataset['model'];
  matches: ClassMatch[];
  /** That the dataset got of the model, having none. */
  categoriesAdded: string[];
}

interface AskedOfModel {
  /** Which category a class is, where they are not called alike. */
  readonly map: Readonly<Record<string, string>>;
  /** By name of a class. */
  readonly thresholds?: Readonly<Record<string, number>>;
}

/**
 * @param reference `cells`, `cells@3` or `cells@champion`
 * @param adopter in whose name a dataset without categories gets those of the model; without one that is an error
 * @throws StoreError `model-not-found`; `bad-preannotation` for a model whose answers are no annotations, or where its classes
 *   do not fit
 */
export async function modelForDataset(
  store: Store,
  datasetId: number,
  reference: string,
  { map, thresholds = {} }: AskedOfModel,
  adopter?: ChangeContext,
): Promise<ModelForDataset> {
  const { modelId, version, name, ...found } = await findModelVersion(store, reference);
  const card = cardOfProposer(found);
  const code = 'bad-preannotation';
  const classNames = card.classes.map((one) => one.name);
  checkClasses(Object.keys(thresholds), classNames, 'threshold', code);
  const categoriesAdded =
    adopter === undefined
      ? []
      : await adoptCategories(store, datasetId, card.classes, map, { ...adopter, code });
  const { matches, categories } = await matchesIn(store, datasetId, card, map, code);
  for (const match of matches) checkKeypoints(card, match, categories);
  return { model: { modelId, version, name }, matches, categoriesAdded };
}

/**
 * Which category of a dataset each class of a model is.
 *
 * @throws StoreError of the code where none is, or a name in the map is none
 */
export async function matchesIn(
  store: Store,
  datasetId: number,
  { classes }: Pick<ModelCard, 'classes'>,
  map: Readonly<Record<string, string>>,
  code: StoreErrorCode,
): Promise<{ matches: ClassMatch[]; categories: Awaited<ReturnType<typeof listCategories>> }> {
  const categories = await listCategories(store, datasetId);
  const named = categories.map(({ categoryId, coco }) => ({ id: categoryId, name: coco.name }));
  const names = classes.map(({ name }) => name);
  return { matches: matchClasses(names, named, map, code), categories };
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

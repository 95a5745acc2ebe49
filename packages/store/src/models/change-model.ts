// What may be changed of a model: its name and notes, the aliases, and that it is there.

import { phrase } from '@migaki/coco';
import { databaseOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import {
  checkModelName,
  getModel,
  getModelVersion,
  type Model,
  type ModelVersion,
} from './model.ts';

/** @throws StoreError `model-not-found`, `bad-name`, `name-taken` */
export async function changeModel(
  store: Store,
  modelId: number,
  { name, notes }: { name?: string; notes?: string },
): Promise<Model> {
  if (name !== undefined) checkModelName(name);
  try {
    await databaseOf(store)
      .updateTable('model')
      .set({
        ...(name !== undefined && { name }),
        ...(notes !== undefined && { notes }),
        changed_at: new Date(),
      })
      .where('id', '=', modelId)
      .execute();
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'model_name_key') throw error;
    throw new StoreError('name-taken', {
      expected: phrase`a name that is free`,
      found: phrase`a model ${JSON.stringify(name)}`,
      advice: phrase`Choose another name, or rename or delete that model.`,
    });
  }
  return getModel(store, modelId);
}

/** @throws StoreError `model-not-found` */
export async function changeModelVersion(
  store: Store,
  modelId: number,
  version: number,
  { notes }: { notes: string },
): Promise<ModelVersion> {
  await databaseOf(store)
    .updateTable('model_version')
    .set({ notes })
    .where('model_id', '=', modelId)
    .where('version', '=', version)
    .execute();
  await touchModel(store, modelId);
  return getModelVersion(store, modelId, version);
}

/** Points an alias at a version. @throws StoreError `model-not-found` */
export async function setModelAlias(
  store: Store,
  modelId: number,
  alias: string,
  version: number,
): Promise<Model> {
  await getModelVersion(store, modelId, version);
  await databaseOf(store)
    .insertInto('model_alias')
    .values({ model_id: modelId, alias, version })
    .onConflict((conflict) => conflict.columns(['model_id', 'alias']).doUpdateSet({ version }))
    .execute();
  await touchModel(store, modelId);
  return getModel(store, modelId);
}

/** @throws StoreError `model-not-found`, also for an alias that is not there */
export async function removeModelAlias(
  store: Store,
  modelId: number,
  alias: string,
): Promise<Model> {
  const { numDeletedRows } = await databaseOf(store)
    .deleteFrom('model_alias')
    .where('model_id', '=', modelId)
    .where('alias', '=', alias)
    .executeTakeFirst();
  const model = await getModel(store, modelId);
  if (numDeletedRows > 0n) {
    await touchModel(store, modelId);
    return model;
  }
  throw new StoreError('model-not-found', {
    expected: phrase`an alias of the model ${model.name}`,
    found: alias,
  });
}

/**
 * Deletes a version. Its number is not given again.
 *
 * @returns the blob of its file
 * @throws StoreError `model-not-found`, `model-in-use` while an alias points at it
 */
export async function deleteModelVersion(
  store: Store,
  modelId: number,
  version: number,
): Promise<string> {
  const { name, aliases, sha256 } = await getModelVersion(store, modelId, version);
  if (aliases.length > 0) {
    throw new StoreError('model-in-use', {
      where: `${name}@${version}`,
      expected: phrase`a version at which no alias points`,
      found: aliases.join(', '),
      advice: phrase`Point the alias at another version, or take it away, first.`,
    });
  }
  await databaseOf(store)
    .deleteFrom('model_version')
    .where('model_id', '=', modelId)
    .where('version', '=', version)
    .execute();
  await touchModel(store, modelId);
  return sha256;
}

/** Deletes a model with all its versions and aliases. @returns the blobs of its files */
export async function deleteModel(store: Store, modelId: number): Promise<string[]> {
  const { versions } = await getModel(store, modelId);
  await databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      await transaction.deleteFrom('model_alias').where('model_id', '=', modelId).execute();
      await transaction.deleteFrom('model').where('id', '=', modelId).execute();
    });
  return versions.map(({ sha256 }) => sha256);
}

const touchModel = (store: Store, modelId: number) =>
  databaseOf(store)
    .updateTable('model')
    .set({ changed_at: new Date() })
    .where('id', '=', modelId)
    .execute();

// What may be changed of a model: its name and notes, the aliases, and that it is there.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import {
  checkModelName,
  getModel,
  getModelVersion,
  type Model,
  type ModelVersion,
  modelWhere,
} from './model.ts';
import { rememberDeleted } from './remember-deleted.ts';

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
  const { id, name, aliases, sha256 } = await getModelVersion(store, modelId, version);
  if (aliases.length > 0) {
    throw new StoreError('model-in-use', {
      where: `${name}@${version}`,
      expected: phrase`a version at which no alias points`,
      found: aliases.join(', '),
      advice: phrase`Point the alias at another version, or take it away, first.`,
    });
  }
  await databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      await rememberDeleted(transaction, [id]);
      await transaction.deleteFrom('model_version').where('id', '=', id).execute();
    });
  await touchModel(store, modelId);
  return sha256;
}

/**
 * Deletes a model with all its versions.
 *
 * @returns the blobs of its files
 * @throws StoreError `model-not-found`, `model-in-use` while an alias points at one of them
 */
export async function deleteModel(store: Store, modelId: number): Promise<string[]> {
  return databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      // Whoever wants to point an alias at it waits until it is gone.
      await sql`select from model where id = ${modelId} for update`.execute(transaction);
      const { name, aliases, versions } = await modelWhere(transaction, modelId);
      if (aliases.length > 0) throw pointedAt(name, aliases);
      await rememberDeleted(
        transaction,
        versions.map(({ id }) => id),
      );
      await transaction.deleteFrom('model').where('id', '=', modelId).execute();
      return versions.map(({ sha256 }) => sha256);
    });
}

const pointedAt = (name: string, aliases: Model['aliases']) =>
  new StoreError('model-in-use', {
    where: name,
    expected: phrase`a model at which no alias points`,
    found: aliases.map(({ alias, version }) => `${alias} (${name}@${version})`).join(', '),
    advice: phrase`Whoever uses it by that name would be left without: take the alias away first, on its page or with migaki models unalias ${name} ${aliases[0].alias}.`,
  });

const touchModel = (store: Store, modelId: number) =>
  databaseOf(store)
    .updateTable('model')
    .set({ changed_at: new Date() })
    .where('id', '=', modelId)
    .execute();

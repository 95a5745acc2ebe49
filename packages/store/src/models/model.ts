// Models and their versions: listed, found by a reference, made, noted on, deleted.

import { phrase } from '@migaki/coco';
import { type RawBuilder, sql } from 'kysely';
import { encodeJson } from '../database/json-codec.ts';
import { type Database, databaseOf, type Store } from '../database/store.ts';
import { originFrom, referenceSql } from '../runs/run.ts';
import type { ModelReference, PinnedVersion } from '../runs/run-record.ts';
import {
  finiteOnly,
  type MeasuredPrecision,
  type PinnedDataset,
  type RunOrigin,
} from '../runs/run-record.ts';
import { StoreError } from '../store-error.ts';

export interface ModelVersion {
  id: number;
  modelId: number;
  name: string;
  version: number;
  aliases: string[];
  task: string;
  /** What the file says of itself. */
  card: Record<string, unknown>;
  metrics: Record<string, number>;
  primaryMetric: string | null;
  precisions: Record<string, MeasuredPrecision>;
  sha256: string;
  byteSize: number;
  source: 'run' | 'import';
  run: { id: number; name: string } | null;
  dataset: PinnedDataset | null;
  validation: PinnedDataset | null;
  init: (RunOrigin & { model: ModelReference | null }) | null;
  notes: string;
  author: string;
  createdAt: Date;
}

export interface Model {
  id: number;
  name: string;
  notes: string;
  /** The last one first. */
  versions: ModelVersion[];
  aliases: { alias: string; version: number }[];
  createdAt: Date;
}

interface VersionRow extends Omit<ModelVersion, 'dataset' | 'validation' | 'init'> {
  dataset_id: number | null;
  dataset: PinnedVersion | null;
  validation_id: number | null;
  validation: PinnedVersion | null;
  init: RunOrigin | null;
  init_model: ModelReference | null;
}

const versionColumns = sql`v.id, v.model_id as "modelId", m.name, v.version,
  array(select alias from model_alias a where a.model_id = v.model_id and a.version = v.version order by alias)
    as aliases,
  v.task, v.card, v.metrics, v.primary_metric as "primaryMetric", v.precisions,
  encode(v.sha256, 'hex') as sha256, v.byte_size as "byteSize", v.source,
  (select json_build_object('id', r.id, 'name', r.name) from run r where r.id = v.run_id) as run,
  v.dataset_id, v.dataset, v.validation_id, v.validation, v.init,
  (select ${referenceSql} from model_version v where v.id = began.init_version_id) as init_model,
  v.notes, v.author, v.created_at as "createdAt"`;

export async function versionsWhere(
  db: Database,
  condition: RawBuilder<unknown>,
): Promise<ModelVersion[]> {
  const { rows } = await sql<VersionRow>`
    select ${versionColumns} from model_version v join model m on m.id = v.model_id
      join model_version began on began.id = v.id
    where ${condition} order by v.model_id, v.version desc`.execute(db);
  return rows.map(originFrom) as ModelVersion[];
}

type ModelRow = Omit<Model, 'versions'>;

const modelColumns = sql`m.id, m.name, m.notes, m.created_at as "createdAt",
  (select coalesce(json_agg(json_build_object('alias', alias, 'version', version) order by alias), '[]')
    from model_alias a where a.model_id = m.id) as aliases`;

/** The last changed first. @param text in names and notes */
export async function listModels(
  store: Store,
  { text = '', task }: { text?: string; task?: string },
  { from, limit }: { from: number; limit: number },
): Promise<{
  total: number;
  models: (Omit<Model, 'versions'> & { latest: ModelVersion | null; versionCount: number })[];
}> {
  const db = databaseOf(store);
  const pattern = `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const condition = sql`concat_ws(' ', m.name, m.notes) ilike ${pattern}
    and (${task ?? null}::text is null or exists (
      select from model_version v where v.model_id = m.id and v.task = ${task ?? null}))`;
  const [counted, page] = await Promise.all([
    sql<{ total: number }>`select count(*) as total from model m where ${condition}`.execute(db),
    sql<ModelRow & { versionCount: number }>`
      select ${modelColumns},
        (select count(*) from model_version v where v.model_id = m.id) as "versionCount"
      from model m where ${condition}
      order by m.changed_at desc, m.id desc offset ${from} limit ${limit}`.execute(db),
  ]);
  const ids = page.rows.map(({ id }) => id);
  const latest = await versionsWhere(
    db,
    sql`v.model_id = any(${ids}::int[]) and v.version = (
      select max(version) from model_version o where o.model_id = v.model_id)`,
  );
  return {
    total: counted.rows[0].total,
    models: page.rows.map((model) => ({
      ...model,
      latest: latest.find(({ modelId }) => modelId === model.id) ?? null,
    })),
  };
}

/** @throws StoreError `model-not-found` */
export const getModel = (store: Store, modelId: number): Promise<Model> =>
  modelWhere(databaseOf(store), modelId);

/** @throws StoreError `model-not-found` */
export async function modelWhere(db: Database, modelId: number): Promise<Model> {
  const { rows } = await sql<ModelRow>`
    select ${modelColumns} from model m where m.id = ${modelId}`.execute(db);
  if (rows.length === 0) throw modelNotFound(phrase`the id of a model`, String(modelId));
  return { ...rows[0], versions: await versionsWhere(db, sql`v.model_id = ${modelId}`) };
}

/** @throws StoreError `model-not-found` */
export async function getModelVersion(
  store: Store,
  modelId: number,
  version: number,
): Promise<ModelVersion> {
  const [found] = await versionsWhere(
    databaseOf(store),
    sql`v.model_id = ${modelId} and v.version = ${version}`,
  );
  if (found !== undefined) return found;
  const model = await getModel(store, modelId);
  throw modelNotFound(phrase`a version of the model ${model.name}`, String(version));
}

/**
 * The version that a reference means: `cells` and `cells@latest` the last one, `cells@3` a number, `cells@champion` an
 * alias.
 *
 * @throws StoreError `model-not-found`
 */
export async function findModelVersion(store: Store, reference: string): Promise<ModelVersion> {
  const [, name, which = 'latest'] = /^(.*?)(?:@([^@]*))?$/s.exec(reference)!;
  const meant = /^\d+$/.test(which)
    ? sql`v.version = ${which}::int`
    : which === 'latest'
      ? sql`v.version = (select max(version) from model_version o where o.model_id = m.id)`
      : sql`v.version = (select version from model_alias a where a.model_id = m.id and a.alias = ${which})`;
  const isNumber = /^\d{1,9}$/.test(which) || !/^\d+$/.test(which);
  const [found] = isNumber
    ? await versionsWhere(databaseOf(store), sql`m.name = ${name} and ${meant}`)
    : [];
  if (found !== undefined) return found;
  throw modelNotFound(
    phrase`a model, with @ and a version or an alias where another than the last is meant`,
    reference.slice(0, 200),
  );
}

const modelNotFound = (expected: ReturnType<typeof phrase>, found: string) =>
  new StoreError('model-not-found', {
    expected,
    found,
    advice: phrase`The list of models shows what there is: npx migaki models.`,
  });

export interface NewModelVersion {
  /** The model becomes one where there is none of the name. */
  name: string;
  task: string;
  card: Record<string, unknown>;
  metrics: Readonly<Record<string, number>>;
  primaryMetric: string | null;
  precisions?: Record<string, MeasuredPrecision>;
  /** The blob of the ONNX file. */
  sha256: string;
  byteSize: number;
  source: 'run' | 'import';
  /** The run that made it, whose dataset and beginning are copied. */
  runId: number | null;
  notes: string;
  author: string;
}

/**
 * Adds the next version of a model. A run that makes the same file twice, as one that is done again after a crash, has made
 * it once.
 *
 * @throws StoreError `bad-name`
 */
export async function addModelVersion(store: Store, made: NewModelVersion): Promise<ModelVersion> {
  checkModelName(made.name);
  const sha256 = Buffer.from(made.sha256, 'hex');
  const { id } = await databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      const model = await transaction
        .insertInto('model')
        .values({ name: made.name })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ changed_at: new Date() }))
        .returning(['id', 'next_version'])
        .executeTakeFirstOrThrow();
      if (made.runId !== null) {
        const known = await transaction
          .selectFrom('model_version')
          .select('id')
          .where('run_id', '=', made.runId)
          .where('sha256', '=', sha256)
          .executeTakeFirst();
        if (known !== undefined) return known;
      }
      await transaction
        .updateTable('model')
        .set({ next_version: model.next_version + 1 })
        .where('id', '=', model.id)
        .execute();
      const run =
        made.runId === null
          ? undefined
          : await transaction
              .selectFrom('run')
              .select([
                'dataset_id',
                'dataset',
                'validation_id',
                'validation',
                'init',
                'init_version_id',
              ])
              .where('id', '=', made.runId)
              .executeTakeFirst();
      if (made.runId !== null) {
        await transaction
          .updateTable('run')
          .set({ changed_at: new Date() })
          .where('id', '=', made.runId)
          .execute();
      }
      return transaction
        .insertInto('model_version')
        .values({
          model_id: model.id,
          version: model.next_version,
          task: made.task,
          card: encodeJson(made.card),
          metrics: encodeJson(finiteOnly(made.metrics)),
          primary_metric: made.primaryMetric,
          precisions: encodeJson(made.precisions ?? {}),
          sha256,
          byte_size: made.byteSize,
          source: made.source,
          run_id: run === undefined ? null : made.runId,
          dataset_id: run?.dataset_id ?? null,
          dataset: run?.dataset ? encodeJson(run.dataset) : null,
          validation_id: run?.validation_id ?? null,
          validation: run?.validation ? encodeJson(run.validation) : null,
          init: run?.init ? encodeJson(run.init) : null,
          init_version_id: run?.init_version_id ?? null,
          notes: made.notes,
          author: made.author,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
    });
  const [version] = await versionsWhere(databaseOf(store), sql`v.id = ${id}`);
  return version;
}

/** @throws StoreError `bad-name` */
export function checkModelName(name: string): void {
  if (/^[\p{L}\p{N}][\p{L}\p{N}._+ -]{0,99}$/u.test(name) && !name.endsWith(' ')) return;
  throw new StoreError('bad-name', {
    expected: phrase`up to 100 letters, digits, spaces and . _ + -, a letter or digit first`,
    found: JSON.stringify(name.slice(0, 120)),
  });
}

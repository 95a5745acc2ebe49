// What a person does in the editor: some edits that become one revision together, or none of them.

import { sql } from 'kysely';
import { encodeJson } from '../database/json-codec.ts';
import type { DatabaseTransaction, Store } from '../database/store.ts';
import { type AnnotationState, type ImageStatus, imageStatuses } from '../database/tables.ts';
import { type ChangeContext, type Revised, revise } from '../datasets/revise.ts';
import { changeImages } from '../images/change-images.ts';
import { recount } from '../images/tally.ts';
import { StoreError } from '../store-error.ts';
import { type AnnotationFields, cocoFromContent, contentFromCoco } from './annotation-record.ts';
import { type LiveRow, liveColumns } from './live-annotation.ts';

/** A change of one thing. Fields of an annotation are those of COCO; `id` and `image_id` are not among them. */
export type Edit =
  | {
      do: 'add';
      imageId: number;
      fields: AnnotationFields;
      /** Default `human`. */
      origin?: string;
      /** Default `accepted`. */
      state?: AnnotationState;
    }
  /**
   * Gives fields another value; null takes a field away. Without origin and state, what a model proposed becomes a
   * person's own, and accepted.
   */
  | ({ do: 'change'; annotationId: number; seenBorn?: number } & Revision)
  /** Brings a removed annotation back under its id; fields that are not given are as they were. */
  | ({ do: 'restore'; annotationId: number } & Revision)
  | { do: 'remove' | 'accept' | 'reject'; annotationId: number; seenBorn?: number }
  | { do: 'set-status'; imageId: number; status: ImageStatus }
  | { do: 'tag'; imageId: number; add?: readonly string[]; remove?: readonly string[] };

/** How an annotation goes on. Origin and state that are not given follow from what is done. */
interface Revision {
  fields: AnnotationFields;
  origin?: string;
  state?: AnnotationState;
}

export interface EditResult extends Revised {
  /** The ids of added annotations, in the order of the edits that added them. */
  addedIds: number[];
}

/** How an annotation goes on in the row that follows. */
interface Successor {
  fields: AnnotationFields;
  origin: string;
  state: AnnotationState;
}

/**
 * Applies edits in their order under one revision. `seenBorn` of an edit is the revision in which the editor saw the
 * annotation: when it has changed since, nothing is applied. Edits that find everything so already take no revision.
 *
 * @throws StoreError `dataset-not-found`, `image-not-found`, `annotation-not-found`, `category-not-found`,
 *   `changed-meanwhile`, `bad-edit`; then nothing has changed
 * @example
 * await applyEdits(store, 1, [{ do: 'add', imageId: 7, fields: { category_id: 1, bbox: [1, 2, 30, 40] } }],
 *   { author: 'ada', key: crypto.randomUUID() });
 */
export async function applyEdits(
  store: Store,
  datasetId: number,
  edits: readonly Edit[],
  context: ChangeContext,
): Promise<EditResult> {
  return revise<{ addedIds: number[] }>(store, datasetId, 'edit', context, async (work) => {
    const editing = new Editing(work.transaction, datasetId, work.revision, context.author);
    for (const [index, edit] of edits.entries()) await editing.apply(edit, `edits[${index}]`);
    await editing.finish();
    const { addedIds, isUnchanged } = editing;
    return isUnchanged ? work.unchanged({ addedIds }) : { addedIds };
  });
}

class Editing {
  readonly addedIds: number[] = [];
  readonly #touchedImages = new Set<number>();
  #changedImageCount = 0;
  readonly #transaction: DatabaseTransaction;
  readonly #datasetId: number;
  readonly #revision: number;
  readonly #author: string;

  constructor(
    transaction: DatabaseTransaction,
    datasetId: number,
    revision: number,
    author: string,
  ) {
    this.#transaction = transaction;
    this.#datasetId = datasetId;
    this.#revision = revision;
    this.#author = author;
  }

  /** No annotation was touched, and images have the status and tags already. */
  get isUnchanged(): boolean {
    return this.#touchedImages.size === 0 && this.#changedImageCount === 0;
  }

  async apply(edit: Edit, where: string): Promise<void> {
    switch (edit.do) {
      case 'add':
        return this.#add(edit, where);
      case 'change':
        return this.#replace(edit, where, (row) => {
          // Where the edit says whose work it is, nothing is concluded: an undo gives it back to the model.
          if (edit.origin !== undefined || edit.state !== undefined)
            return revised(row, edit, where);
          const isModels = row.origin.startsWith('model ');
          const fields = { ...(isModels && { score: null }), ...edit.fields };
          const origin = isModels ? 'human' : row.origin;
          return revised(row, { fields, origin, state: 'accepted' }, where);
        });
      case 'restore':
        return this.#restore(edit, where);
      case 'accept':
        return this.#replace(edit, where, (row) => ({
          fields: cocoFromContent(row, row),
          origin: row.origin,
          state: 'accepted',
        }));
      case 'reject':
        return this.#replace(edit, where, (row) => ({
          fields: cocoFromContent(row, row),
          origin: row.origin,
          state: 'rejected',
        }));
      case 'remove':
        return this.#replace(edit, where, () => null);
      case 'set-status':
        return this.#setStatus(edit, where);
      case 'tag':
        return this.#tag(edit, where);
    }
  }

  async finish(): Promise<void> {
    if (this.#touchedImages.size === 0) return;
    const images = sql`select unnest(${[...this.#touchedImages]}::bigint[])`;
    await recount(this.#transaction, this.#datasetId, images);
  }

  async #add(edit: Edit & { do: 'add' }, where: string): Promise<void> {
    await this.#checkImage(edit.imageId, where);
    const { id } = await this.#transaction
      .updateTable('dataset')
      .set({ next_annotation_id: sql<number>`next_annotation_id + 1` })
      .where('id', '=', this.#datasetId)
      .returning(sql<number>`next_annotation_id - 1`.as('id'))
      .executeTakeFirstOrThrow();
    const { fields, origin = 'human', state = 'accepted' } = edit;
    checkOrigin(origin, where);
    const isCaption = typeof fields.caption === 'string' && fields.category_id === undefined;
    const section = isCaption ? 'captions' : 'annotations';
    await this.#insert(id, edit.imageId, { fields, origin, state }, where, section);
    this.addedIds.push(id);
  }

  /** Retires the live row and adds the one that follows, if any. */
  async #replace(
    { annotationId, seenBorn }: { annotationId: number; seenBorn?: number },
    where: string,
    successorOf: (row: LiveRow) => Successor | null,
  ): Promise<void> {
    const { rows } = await sql<LiveRow & { section: 'annotations' | 'captions' }>`
      update annotation a set retired = ${this.#revision}
      where dataset_id = ${this.#datasetId} and annotation_id = ${annotationId} and retired is null
      returning ${liveColumns}, a.section`.execute(this.#transaction);
    const [row] = rows;
    if (row === undefined) {
      throw new StoreError('annotation-not-found', {
        where,
        expected: 'the id of an annotation that is there',
        found: String(annotationId),
        advice: 'Someone may have removed it.',
      });
    }
    if (seenBorn !== undefined && row.born !== seenBorn) {
      throw new StoreError('changed-meanwhile', {
        where,
        expected: `annotation ${annotationId} as revision ${seenBorn} made it`,
        found: `a change by ${row.author} in revision ${row.born}`,
        advice: 'Load the image again.',
      });
    }
    this.#touchedImages.add(row.image_id);
    // What this very change had added leaves no trace when it is changed again.
    if (row.born === this.#revision) {
      await sql`
        delete from annotation where dataset_id = ${this.#datasetId}
          and annotation_id = ${annotationId} and born = ${this.#revision}`.execute(
        this.#transaction,
      );
    }
    const successor = successorOf(row);
    if (successor !== null)
      await this.#insert(annotationId, row.image_id, successor, where, row.section);
  }

  async #restore(edit: Edit & { do: 'restore' }, where: string): Promise<void> {
    const { annotationId } = edit;
    const { rows } = await sql<LiveRow & { section: 'annotations' | 'captions' }>`
      select ${liveColumns}, a.section from annotation a
      where dataset_id = ${this.#datasetId} and annotation_id = ${annotationId}
      order by row_id desc limit 1`.execute(this.#transaction);
    const [row] = rows;
    if (row === undefined || row.retired === null) {
      throw new StoreError('annotation-not-found', {
        where,
        expected: 'the id of an annotation that was removed',
        found: `${annotationId}, which ${row === undefined ? 'never was' : 'is there'}`,
        advice: 'Load the image again.',
      });
    }
    await this.#checkImage(row.image_id, where);
    await this.#insert(annotationId, row.image_id, revised(row, edit, where), where, row.section);
  }

  async #insert(
    annotationId: number,
    imageId: number,
    { fields, origin, state }: Successor,
    where: string,
    section: 'annotations' | 'captions' = 'annotations',
  ): Promise<void> {
    const content = contentFromCoco(fields);
    if (content.category_id !== null) await this.#checkCategory(content.category_id, where);
    this.#touchedImages.add(imageId);
    const json = (value: unknown) => (value === null ? null : encodeJson(value));
    await this.#transaction
      .insertInto('annotation')
      .values({
        ...content,
        segmentation: json(content.segmentation),
        attributes: json(content.attributes),
        extra: json(content.extra),
        dataset_id: this.#datasetId,
        annotation_id: annotationId,
        image_id: imageId,
        section,
        origin,
        state,
        author: this.#author,
        born: this.#revision,
      })
      .execute();
  }

  async #setStatus(edit: Edit & { do: 'set-status' }, where: string): Promise<void> {
    if (!imageStatuses.includes(edit.status)) {
      throw new StoreError('bad-edit', {
        where,
        expected: `one of ${imageStatuses.join(', ')}`,
        found: JSON.stringify(edit.status),
      });
    }
    await this.#changeImage(edit.imageId, { status: sql`${edit.status}::text` }, where);
  }

  async #tag(edit: Edit & { do: 'tag' }, where: string): Promise<void> {
    await this.#changeImage(edit.imageId, { tags: retagged(edit.add, edit.remove) }, where);
  }

  async #changeImage(
    imageId: number,
    values: Parameters<typeof changeImages>[1],
    where: string,
  ): Promise<void> {
    await this.#checkImage(imageId, where);
    const isImage = sql<boolean>`image.image_id = ${imageId}`;
    const work = {
      transaction: this.#transaction,
      datasetId: this.#datasetId,
      revision: this.#revision,
    };
    this.#changedImageCount += await changeImages(work, values, { where: isImage });
  }

  async #checkImage(imageId: number, where: string): Promise<void> {
    const image = await this.#transaction
      .selectFrom('image')
      .select('image_id')
      .where('dataset_id', '=', this.#datasetId)
      .where('image_id', '=', imageId)
      .where('is_deleted', '=', false)
      .executeTakeFirst();
    if (image !== undefined) return;
    throw new StoreError('image-not-found', {
      where,
      expected: 'the id of an image that is there',
      found: String(imageId),
      advice: 'It may be in the trash.',
    });
  }

  async #checkCategory(categoryId: number, where: string): Promise<void> {
    const category = await this.#transaction
      .selectFrom('category')
      .select('category_id')
      .where('dataset_id', '=', this.#datasetId)
      .where('category_id', '=', categoryId)
      .where('retired', 'is', null)
      .executeTakeFirst();
    if (category !== undefined) return;
    throw new StoreError('category-not-found', {
      where,
      expected: 'the id of a category of the dataset',
      found: String(categoryId),
      advice: 'Add the category first.',
    });
  }
}

/** A row with some fields changed, null taking them away. */
function revised(row: LiveRow, { fields, origin, state }: Revision, where: string): Successor {
  if (origin !== undefined) checkOrigin(origin, where);
  const kept = Object.entries({ ...cocoFromContent(row, row), ...fields }).filter(
    ([field, value]) => !(Object.hasOwn(fields, field) && value === null),
  );
  return {
    fields: Object.fromEntries(kept),
    origin: origin ?? row.origin,
    state: state ?? row.state,
  };
}

function checkOrigin(origin: string, where: string): void {
  if (/^(human|import|model .+)$/.test(origin)) return;
  throw new StoreError('bad-edit', {
    where,
    expected: 'the origin human, import, or model and its name@version',
    found: JSON.stringify(origin),
  });
}

/** SQL: the tags of an image with some more and some fewer, each once, in order. */
export function retagged(add: readonly string[] = [], remove: readonly string[] = []) {
  return sql`array(
    select distinct tag from unnest(image.tags || ${[...add]}::text[]) as tag
    where tag <> all(${[...remove]}::text[]) order by tag)`;
}

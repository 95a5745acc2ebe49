// Edits of objects under one revision, one after the other: an edit sees what those before it did.

import { phrase } from '@migaki/coco';
import { sql } from 'kysely';
import type { AnnotationSection, AnnotationState } from '../database/tables.ts';
import type { Work } from '../datasets/revise.ts';
import type { ReviewColumns } from '../review/review.ts';
import { StoreError } from '../store-error.ts';
import { type AnnotationFields, cocoFromContent, contentFromCoco } from './annotation-record.ts';
import { carriedFields } from './carry-keypoints.ts';
import type { ObjectEdit, Revision } from './edit.ts';
import { type LiveRow, liveColumns } from './live-annotation.ts';
import { insertedContent, takeAnnotationIds } from './new-rows.ts';
import { missingAnnotation, requireCategory, requireImage } from './required-rows.ts';
import { revisedFields } from './revised-fields.ts';

type Change = Pick<Work<never>, 'transaction' | 'datasetId' | 'revision' | 'author'>;
type SectionedRow = LiveRow & { section: AnnotationSection };

/** How an annotation goes on in the row that follows. */
interface Successor {
  fields: AnnotationFields;
  origin: string;
  state: AnnotationState;
}

export class ObjectEditing {
  /** Of added annotations, in order. */
  readonly addedIds: number[] = [];
  readonly touchedIds = new Set<number>();
  /** Names of the points that objects have lost with their category. */
  readonly lostKeypoints = new Set<string>();
  /** Images where it was a person who did something. */
  readonly workedImages = new Set<number>();
  readonly #change: Change;

  constructor(change: Change) {
    this.#change = change;
  }

  async apply(edit: ObjectEdit, where: string): Promise<void> {
    switch (edit.do) {
      case 'add':
        return this.#add(edit, where);
      case 'change':
        return this.#replace(edit, where, async (row) => {
          const asked = await this.#withCarried(row, edit.fields);
          // Where the edit says whose work it is, nothing is concluded: an undo gives it back to the model.
          if (edit.origin !== undefined || edit.state !== undefined)
            return revised(row, { ...edit, fields: asked }, where);
          // A proposal that came in a file may not say whose it is.
          const wasFound = row.origin.startsWith('model ') || row.state === 'proposed';
          const fields = { ...(wasFound && { score: null }), ...asked };
          const origin = wasFound ? 'human' : row.origin;
          return revised(row, { fields, origin, state: 'accepted' }, where);
        });
      case 'restore':
        return this.#restore(edit, where);
      case 'accept':
      case 'reject':
        return this.#replace(edit, where, (row) => ({
          fields: cocoFromContent(row, row),
          origin: row.origin,
          state: edit.do === 'accept' ? 'accepted' : 'rejected',
        }));
      case 'remove':
        return this.#replace(edit, where, () => null);
    }
  }

  /** @throws StoreError `annotation-not-found`, `image-deleted`, `changed-meanwhile`, `bad-edit` for a proposal */
  async requireReviewable(
    annotationId: number,
    seenBorn: number | undefined,
    where: string,
  ): Promise<void> {
    const { transaction, datasetId } = this.#change;
    const { rows } = await sql<LiveRow>`
      select ${liveColumns} from annotation a
      where dataset_id = ${datasetId} and annotation_id = ${annotationId} and retired is null`.execute(
      transaction,
    );
    const [row] = rows;
    if (row === undefined) throw await missingAnnotation(this.#change, annotationId, where);
    refuseStale(row, seenBorn, where);
    if (row.state !== 'proposed') return;
    throw new StoreError('bad-edit', {
      where,
      expected: phrase`an object that somebody has decided on`,
      found: phrase`a proposal`,
      advice: phrase`Accept or reject it: that says that you have looked at it, too.`,
    });
  }

  async #add(edit: ObjectEdit & { do: 'add' }, where: string): Promise<void> {
    await requireImage(this.#change, edit.imageId, where);
    const id = await takeAnnotationIds(this.#change, 1);
    const { fields, origin = 'human', state = 'accepted' } = edit;
    checkOrigin(origin, where);
    const isCaption = typeof fields.caption === 'string' && fields.category_id === undefined;
    const section = isCaption ? 'captions' : 'annotations';
    // What others have made, a model or a file, nobody has looked at by sending it.
    const isPersons = origin === 'human' && state !== 'proposed';
    await this.#insert(id, edit.imageId, { fields, origin, state }, where, {
      section,
      review: isPersons ? 'author' : null,
    });
    if (isPersons) this.workedImages.add(edit.imageId);
    this.addedIds.push(id);
  }

  /** With what follows for the pose where another category is asked for, and nothing is said of the keypoints. */
  async #withCarried(row: LiveRow, fields: AnnotationFields): Promise<AnnotationFields> {
    const { category_id, keypoints } = fields;
    if (typeof category_id !== 'number' || keypoints !== undefined) return fields;
    const carried = await carriedFields(this.#change, row, category_id);
    for (const name of carried.lost) this.lostKeypoints.add(name);
    return { ...fields, ...carried.fields };
  }

  /** Retires the live row and adds the one that follows, if any. */
  async #replace(
    { annotationId, seenBorn }: { annotationId: number; seenBorn?: number },
    where: string,
    successorOf: (row: LiveRow) => Successor | null | Promise<Successor | null>,
  ): Promise<void> {
    const { transaction, datasetId, revision } = this.#change;
    const { rows } = await sql<SectionedRow>`
      update annotation a set retired = ${revision}
      where dataset_id = ${datasetId} and annotation_id = ${annotationId} and retired is null
      returning ${liveColumns}, a.section`.execute(transaction);
    const [row] = rows;
    if (row === undefined) throw await missingAnnotation(this.#change, annotationId, where);
    refuseStale(row, seenBorn, where);
    this.touchedIds.add(annotationId);
    this.workedImages.add(row.image_id);
    // What this very change had added leaves no trace when it is changed again.
    if (row.born === revision) {
      await sql`
        delete from annotation where dataset_id = ${datasetId}
          and annotation_id = ${annotationId} and born = ${revision}`.execute(transaction);
    }
    const successor = await successorOf(row);
    if (successor === null) return;
    const review = successor.state === 'proposed' ? null : 'author';
    const { section } = row;
    await this.#insert(annotationId, row.image_id, successor, where, { section, review });
  }

  async #restore(edit: ObjectEdit & { do: 'restore' }, where: string): Promise<void> {
    const { annotationId } = edit;
    const { rows } = await sql<SectionedRow>`
      select ${liveColumns}, a.section from annotation a
      where dataset_id = ${this.#change.datasetId} and annotation_id = ${annotationId}
      order by row_id desc limit 1`.execute(this.#change.transaction);
    const [row] = rows;
    if (row === undefined || row.retired === null) {
      throw new StoreError('annotation-not-found', {
        where,
        expected: phrase`the id of an annotation that was removed`,
        found:
          row === undefined
            ? phrase`${String(annotationId)}, which never was`
            : phrase`${String(annotationId)}, which is there`,
        advice: phrase`Load the image again.`,
      });
    }
    await requireImage(this.#change, row.image_id, where);
    // It comes back as it was, also in this: to take a removal back is not to look at it.
    await this.#insert(annotationId, row.image_id, revised(row, edit, where), where, {
      section: row.section,
      review: row,
    });
    this.workedImages.add(row.image_id);
  }

  async #insert(
    annotationId: number,
    imageId: number,
    { fields, origin, state }: Successor,
    where: string,
    { section, review }: { section: AnnotationSection; review: 'author' | ReviewColumns | null },
  ): Promise<void> {
    const { transaction, datasetId, revision, author } = this.#change;
    const content = contentFromCoco(fields);
    if (content.category_id !== null) {
      await requireCategory(this.#change, content.category_id, where);
    }
    this.touchedIds.add(annotationId);
    const isAuthors = review === 'author';
    await transaction
      .insertInto('annotation')
      .values({
        ...insertedContent(content),
        dataset_id: datasetId,
        annotation_id: annotationId,
        image_id: imageId,
        section,
        origin,
        state,
        author,
        born: revision,
        reviewed_by: isAuthors ? author : (review?.reviewed_by ?? null),
        reviewed_at: isAuthors ? sql<Date>`now()` : (review?.reviewed_at ?? null),
        reviewed_revision: isAuthors ? revision : (review?.reviewed_revision ?? null),
      })
      .execute();
  }
}

function refuseStale(row: LiveRow, seenBorn: number | undefined, where: string): void {
  if (seenBorn === undefined || row.born === seenBorn) return;
  throw new StoreError('changed-meanwhile', {
    where,
    expected: phrase`annotation ${String(row.annotation_id)} as revision ${String(seenBorn)} made it`,
    found: phrase`a change by ${row.author} in revision ${String(row.born)}`,
    advice: phrase`Load the image again.`,
  });
}

/** A row with some fields changed, null taking them away. */
function revised(row: LiveRow, { fields, origin, state }: Revision, where: string): Successor {
  if (origin !== undefined) checkOrigin(origin, where);
  return {
    fields: revisedFields(cocoFromContent(row, row), fields),
    origin: origin ?? row.origin,
    state: state ?? row.state,
  };
}

function checkOrigin(origin: string, where: string): void {
  if (/^(human|import|model .+)$/.test(origin)) return;
  throw new StoreError('bad-edit', {
    where,
    expected: phrase`the origin human, import, or model and its name@version`,
    found: JSON.stringify(origin),
  });
}

// What a person does in the editor or the grid: some edits that become one revision together, or none of them.

import { sql } from 'kysely';
import { preparedIn } from '../database/prepared.ts';
import type { Store } from '../database/store.ts';
import { type ChangeContext, type Revised, revise, type Work } from '../datasets/revise.ts';
import { changeImages } from '../images/change-images.ts';
import { countRevision } from '../images/count-revision.ts';
import { beginWork } from '../review/begin-work.ts';
import {
  addComment,
  editComment,
  removeComment,
  resolveComment,
} from '../review/change-comments.ts';
import { reviewImages, reviewObjects } from '../review/mark-reviewed.ts';
import { checkedStatus } from './checked-status.ts';
import type { Edit } from './edit.ts';
import { ObjectEditing } from './object-editing.ts';
import { requireImage } from './required-rows.ts';
import { retagged } from './retagged.ts';

export interface EditResult extends Revised {
  /** The ids of added annotations, in the order of the edits that added them. */
  addedIds: number[];
  /** Names of the keypoints that objects have lost, since their new category has none of that name. */
  lostKeypoints?: string[];
}

type Effect = Omit<EditResult, keyof Revised>;

/**
 * Applies edits in their order under one revision. `seenBorn` of an edit is the revision in which the editor saw the
 * annotation: when it has changed since, nothing is applied. Edits that find everything so already take no revision.
 * New images whose objects a person has edited are in progress, unless an edit says otherwise.
 *
 * @throws StoreError `dataset-not-found`, `image-not-found`, `image-deleted`, `annotation-not-found`,
 *   `category-not-found`, `comment-not-found`, `not-yours`, `changed-meanwhile`, `bad-edit`; then nothing has changed
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
  return revise<Effect>(store, datasetId, kindOf(edits), context, async (work) => {
    const editing = new Editing(work);
    for (const [index, edit] of edits.entries()) await editing.apply(edit, `edits[${index}]`);
    await editing.finish();
    const { addedIds, lostKeypoints } = editing.objects;
    if (editing.isUnchanged) return work.unchanged({ addedIds });
    return lostKeypoints.size === 0
      ? { addedIds }
      : { addedIds, lostKeypoints: [...lostKeypoints] };
  });
}

/** What the list of revisions calls them: the most particular word for all of them. */
function kindOf(edits: readonly Edit[]): string {
  const kinds = new Set(edits.map((edit) => revisionKinds[edit.do]));
  const [kind] = kinds;
  return kinds.size === 1 ? kind : 'edit';
}

const revisionKinds = {
  add: 'edit',
  change: 'edit',
  restore: 'edit',
  remove: 'edit',
  accept: 'edit',
  reject: 'edit',
  'set-status': 'edit',
  tag: 'edit',
  'reject-image': 'reject',
  review: 'review',
  'review-image': 'review',
  comment: 'comment',
  'edit-comment': 'comment',
  'resolve-comment': 'comment',
  'remove-comment': 'comment',
} as const satisfies Record<Edit['do'], string>;

class Editing {
  readonly objects: ObjectEditing;
  readonly #work: Work<Effect>;
  /** What was changed besides objects. */
  #changedCount = 0;
  /** Objects marked by themselves, and not with all others of their image. */
  readonly #markedIds = new Set<number>();
  #hasMarkedImages = false;
  /** Images of which an edit says the status. */
  readonly #decidedImages = new Set<number>();

  constructor(work: Work<Effect>) {
    this.#work = work;
    this.objects = new ObjectEditing(work);
  }

  get isUnchanged(): boolean {
    return this.objects.touchedIds.size === 0 && this.#changedCount === 0;
  }

  async apply(edit: Edit, where: string): Promise<void> {
    const work = this.#work;
    switch (edit.do) {
      case 'set-status':
        return this.#setStatus(edit.imageId, checkedStatus(edit.status, where), where);
      case 'tag':
        return this.#changeImage(edit.imageId, { tags: retagged(edit.add, edit.remove) }, where);
      case 'reject-image':
        await this.#setStatus(edit.imageId, 'in_progress', where);
        return this.#comment(edit, where);
      case 'review':
        return this.#review(edit, where);
      case 'review-image': {
        await requireImage(work, edit.imageId, where);
        const isMeant = sql<boolean>`image.image_id = ${edit.imageId}`;
        const marked = await reviewImages(work, isMeant, edit.isReviewed);
        this.#hasMarkedImages ||= marked.annotationCount > 0;
        this.#changedCount += marked.imageCount + marked.annotationCount;
        return;
      }
      case 'comment':
        return this.#comment(edit, where);
      case 'edit-comment':
        this.#changedCount += await editComment(work, edit.commentId, edit.text, where);
        return;
      case 'resolve-comment':
        this.#changedCount += await resolveComment(work, edit.commentId, edit.isResolved, where);
        return;
      case 'remove-comment':
        this.#changedCount += await removeComment(work, edit.commentId, where);
        return;
      default:
        return this.objects.apply(edit, where);
    }
  }

  async finish(): Promise<void> {
    const { touchedIds, workedImages } = this.objects;
    const begun = [...workedImages].filter((imageId) => !this.#decidedImages.has(imageId));
    const ids = [...touchedIds.union(this.#markedIds)];
    if (ids.length === 0 && !this.#hasMarkedImages) return;
    const objects = this.#hasMarkedImages ? undefined : ids;
    const transaction =
      objects === undefined ? this.#work.transaction : await preparedIn(this.#work.transaction);
    const work = { ...this.#work, transaction };
    if (begun.length > 0) await beginWork(work, sql`select unnest(${begun}::bigint[])`);
    await countRevision(transaction, work.datasetId, work.revision, objects);
  }

  async #setStatus(
    imageId: number,
    status: ReturnType<typeof checkedStatus>,
    where: string,
  ): Promise<void> {
    this.#decidedImages.add(imageId);
    await this.#changeImage(imageId, { status: sql`${status}::text` }, where);
  }

  async #changeImage(
    imageId: number,
    values: Parameters<typeof changeImages>[1],
    where: string,
  ): Promise<void> {
    await requireImage(this.#work, imageId, where);
    const isImage = sql<boolean>`image.image_id = ${imageId}`;
    this.#changedCount += await changeImages(this.#work, values, { where: isImage });
  }

  async #review(edit: Edit & { do: 'review' }, where: string): Promise<void> {
    const { annotationId, isReviewed, seenBorn } = edit;
    await this.objects.requireReviewable(annotationId, seenBorn, where);
    const isMeant = sql<boolean>`a.annotation_id = ${annotationId}`;
    const count = await reviewObjects(this.#work, isMeant, isReviewed);
    if (count > 0) this.#markedIds.add(annotationId);
    this.#changedCount += count;
  }

  async #comment(
    { imageId, comment }: Edit & { do: 'comment' | 'reject-image' },
    where: string,
  ): Promise<void> {
    await requireImage(this.#work, imageId, where);
    await addComment(this.#work, imageId, comment, where);
    this.#changedCount++;
  }
}

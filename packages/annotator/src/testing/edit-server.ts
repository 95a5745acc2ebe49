// The server's side of saving, as `packages/store/src/annotations/apply-edits.ts` defines it, over a Map: keys that are
// applied once, revisions, and the guard against overwriting. What it holds at the end is compared with the document.

import type { Failure } from '../save/failure.ts';
import type { ServerEdit, ServerFields } from '../save/server-edit.ts';
import { fieldsFromServer, type ServerAnnotation } from '../save/server-object.ts';
import type { SaveAnswer, SaveRequest, ServerObject } from '../save/sync.ts';
import type { ServerRemark } from '../transaction/remark.ts';

type Row = Omit<ServerAnnotation, 'id'>;

const emptyRow: Omit<Row, 'author' | 'born'> = {
  categoryId: null,
  bbox: null,
  segmentation: null,
  keypoints: null,
  iscrowd: 0,
  area: null,
  caption: null,
  attributes: {},
  score: null,
  origin: 'human',
  state: 'accepted',
};

export class EditServer {
  readonly rows = new Map<number, Row>();
  readonly requests: SaveRequest[] = [];
  /** What was said beside the objects. */
  readonly remarks: ServerRemark[] = [];
  /** All that objects may have; null for any. */
  categoryIds: readonly number[] | null = null;
  revision = 100;
  status = '';
  /** The last state of what was deleted. */
  readonly #gone = new Map<number, Row>();
  readonly #answers = new Map<string, SaveAnswer>();
  #nextId = 1000;

  constructor(annotations: readonly ServerAnnotation[]) {
    for (const { id, ...row } of annotations) {
      this.rows.set(id, row);
    }
  }

  apply(request: SaveRequest): SaveAnswer | { failure: Failure } {
    this.requests.push(request);
    const known = this.#answers.get(request.key);
    if (known !== undefined) return known;
    const before = new Map(this.rows);
    const answer = this.#applyAll(request);
    if ('failure' in answer) {
      this.rows.clear();
      for (const [id, row] of before) this.rows.set(id, row);
    } else this.#answers.set(request.key, answer);
    return answer;
  }

  /** What somebody else does, and the news of it. */
  changeByOther(annotationId: number, fields: Partial<Row> | null): ServerObject {
    this.revision++;
    const row = this.rows.get(annotationId) ?? { ...emptyRow, author: 'ada', born: 0 };
    const changed = { ...row, ...fields, author: 'ada', born: this.revision };
    if (fields === null) {
      this.#gone.set(annotationId, row);
      this.rows.delete(annotationId);
    } else this.rows.set(annotationId, changed);
    return this.#news(annotationId, fields === null ? null : changed);
  }

  all(): ServerObject[] {
    return [...this.rows].map(([id, row]) => this.#news(id, row));
  }

  #news(annotationId: number, row: Row | null): ServerObject {
    const picture = { width: 100, height: 80 };
    const fields = row === null ? null : fieldsFromServer({ id: annotationId, ...row }, picture);
    return { annotationId, born: row?.born ?? this.revision, author: 'ada', fields };
  }

  #applyAll({ edits }: SaveRequest): SaveAnswer | { failure: Failure } {
    const born = this.revision + 1;
    const annotationIds: (number | null)[] = [];
    for (const edit of edits) {
      if (edit.type === 'setStatus') {
        this.status = edit.status;
        annotationIds.push(null);
        continue;
      }
      if (isRemark(edit)) {
        this.remarks.push(edit);
        annotationIds.push(null);
        continue;
      }
      const categoryId = 'fields' in edit ? (edit.fields.categoryId ?? null) : null;
      if (categoryId !== null && this.categoryIds?.includes(categoryId) === false) {
        return refused('no such category', 'category-not-found');
      }
      if (edit.type === 'add') {
        const id = this.#nextId++;
        const { origin = 'human', state = 'accepted' } = edit;
        this.rows.set(id, { ...merged(emptyRow, edit.fields), origin, state, author: 'me', born });
        annotationIds.push(id);
        continue;
      }
      const { annotationId } = edit;
      annotationIds.push(annotationId);
      const row = this.rows.get(annotationId);
      if (edit.type === 'restore') {
        const gone = this.#gone.get(annotationId);
        if (gone === undefined) return refused('annotation-not-found');
        if (row !== undefined) return conflict('it is there');
        const { origin = 'human', state = 'accepted' } = edit;
        const restored = { ...merged(gone, edit.fields), origin, state, author: 'me', born };
        this.rows.set(annotationId, restored);
        continue;
      }
      if (row === undefined) {
        return this.#gone.has(annotationId) ? conflict('deleted') : refused('annotation-not-found');
      }
      if (edit.born !== undefined && edit.born !== row.born) {
        return conflict(`revision ${row.born}`);
      }
      if (edit.type === 'delete') {
        this.#gone.set(annotationId, row);
        this.rows.delete(annotationId);
      } else if (edit.type === 'change') {
        const changed = { ...merged(row, edit.fields), ...provenance(row, edit) };
        this.rows.set(annotationId, { ...changed, author: 'me', born });
      } else {
        const state = edit.type === 'accept' ? 'accepted' : 'rejected';
        this.rows.set(annotationId, { ...row, state, author: 'me', born });
      }
    }
    this.revision = born;
    return { revision: born, annotationIds };
  }
}

/** Where an edit does not say whose work it is, what a model proposed becomes a person's own. */
function provenance(
  row: Row,
  { origin, state, fields }: ServerEdit & { type: 'change' },
): Partial<Row> {
  if (origin !== undefined || state !== undefined) {
    return { origin: origin ?? row.origin, state: state ?? row.state };
  }
  if (!row.origin.startsWith('model ')) return { state: 'accepted' };
  return { origin: 'human', state: 'accepted', score: fields.score ?? null };
}

const remarkTypes: ReadonlySet<string> = new Set([
  'comment',
  'rejectImage',
  'editComment',
  'deleteComment',
  'resolveComment',
  'reviewImage',
  'reviewObject',
] satisfies ServerRemark['type'][]);
const isRemark = (edit: ServerEdit): edit is ServerRemark => remarkTypes.has(edit.type);

const conflict = (message: string): { failure: Failure } => ({
  failure: { kind: 'conflict', code: 'conflict', message },
});

const refused = (message: string, code = 'refused'): { failure: Failure } => ({
  failure: { kind: 'refused', code, message },
});

function merged<R extends Omit<Row, 'author' | 'born'>>(row: R, fields: ServerFields): R {
  const { num_keypoints: _, ...known } = fields;
  return { ...row, ...known };
}

// Changes: from the API's words to the store's.

import type { BulkAction, Edit, Selection } from '@migaki/api';
import {
  applyBulkEdit,
  applyEdits,
  type BulkEdit,
  countOtherCategories,
  discardDatasetOfRevisions,
  type Store,
  type Edit as StoreEdit,
  settleControls,
  type Target,
  undoRevision,
  undoRevisions,
  undoWithArrival,
} from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';

type EditHandlers = Pick<
  Handlers,
  'applyEdits' | 'applyBulk' | 'countOtherCategories' | 'undoRevision' | 'undoRevisions'
>;

export function editHandlers(store: Store): EditHandlers {
  /** Before anybody looks once more at what somebody is done with. The edit is made, whatever becomes of this. */
  const settle = (datasetId: number) =>
    settleControls(store, datasetId, { onlyMistakes: true }).catch(() => {});
  return {
    applyEdits: async ({ params, body: { key, sessionId, edits } }, { caller }) => {
      const context = { author: caller.user, key, sessionId };
      const { addedIds, ...outcome } = await applyEdits(
        store,
        params.datasetId,
        edits.map(storeEdit),
        context,
      );
      await settle(params.datasetId);
      const added = addedIds.values();
      return {
        ...outcome,
        annotationIds: edits.map((edit) => {
          if (edit.type === 'add') return added.next().value!;
          return 'annotationId' in edit && edit.type !== 'comment' && edit.type !== 'rejectImage'
            ? edit.annotationId
            : null;
        }),
      };
    },

    applyBulk: async ({ params: { datasetId }, body }, { caller }) => {
      const { key, sessionId, selection, action } = body;
      const target = targetOf(selection);
      const context = { author: caller.user, key, sessionId };
      const { annotationCount, ...outcome } = await applyBulkEdit(
        store,
        datasetId,
        target,
        bulkEdit(action),
        context,
      );
      await settle(datasetId);
      return { ...outcome, objectCount: annotationCount };
    },

    countOtherCategories: ({ params: { datasetId }, body: { selection, to } }) =>
      countOtherCategories(store, datasetId, targetOf(selection), to),

    undoRevision: async ({ params: { datasetId, revision: undone }, body }, { caller }) => {
      const context = { author: caller.user, ...body };
      const { revision, changed } = await (body.annotationIds === undefined
        ? undoWithArrival(store, datasetId, undone, context)
        : undoRevision(store, datasetId, undone, context));
      return { revision, changed };
    },

    undoRevisions: async ({ params: { datasetId: id }, body }, { caller }) => {
      const { revisions, newDataset: name } = body;
      const isGone =
        name !== undefined && (await discardDatasetOfRevisions(store, { id, name }, revisions));
      return isGone
        ? { revision: null, changed: 0 }
        : undoRevisions(store, id, revisions, { author: caller.user });
    },
  };
}

function storeEdit(edit: Edit): StoreEdit {
  switch (edit.type) {
    case 'add': {
      const { imageId, fields, origin, state } = edit;
      return { do: 'add', imageId, fields: cocoFields(fields), origin, state };
    }
    case 'change': {
      const { annotationId, born, fields, origin, state } = edit;
      return {
        do: 'change',
        annotationId,
        seenBorn: born,
        fields: cocoFields(fields),
        origin,
        state,
      };
    }
    case 'restore': {
      const { annotationId, fields, origin, state } = edit;
      return { do: 'restore', annotationId, fields: cocoFields(fields), origin, state };
    }
    case 'delete':
      return { do: 'remove', annotationId: edit.annotationId, seenBorn: edit.born };
    case 'accept':
    case 'reject':
      return { do: edit.type, annotationId: edit.annotationId, seenBorn: edit.born };
    case 'setStatus':
      return { do: 'set-status', imageId: edit.imageId, status: edit.status };
    case 'comment':
    case 'rejectImage': {
      const { type, imageId, ...comment } = edit;
      return { do: type === 'comment' ? 'comment' : 'reject-image', imageId, comment };
    }
    case 'reviewImage':
      return { do: 'review-image', imageId: edit.imageId, isReviewed: edit.isReviewed };
    case 'reviewObject': {
      const { annotationId, born, isReviewed } = edit;
      return { do: 'review', annotationId, seenBorn: born, isReviewed };
    }
    case 'editComment':
      return { do: 'edit-comment', commentId: edit.commentId, text: edit.text };
    case 'resolveComment':
      return { do: 'resolve-comment', commentId: edit.commentId, isResolved: edit.isResolved };
    case 'deleteComment':
      return { do: 'remove-comment', commentId: edit.commentId };
  }
}

/** The API's names are COCO's, but for the category. */
function cocoFields({
  categoryId,
  ...fields
}: Extract<Edit, { type: 'add' }>['fields']): Record<string, unknown> {
  return categoryId === undefined ? fields : { ...fields, category_id: categoryId };
}

function targetOf(selection: Selection): Target {
  return 'q' in selection ? { query: selection.q } : selection;
}

function bulkEdit(action: BulkAction): BulkEdit {
  switch (action.type) {
    case 'addTag':
      return { do: 'tag', add: [action.tag] };
    case 'removeTag':
      return { do: 'tag', remove: [action.tag] };
    case 'setStatus':
      return { do: 'set-status', status: action.status };
    case 'setCategory':
      return { do: 'set-category', categoryId: action.to, from: action.from };
    case 'reviewImages':
      return { do: 'review-images', isReviewed: action.isReviewed };
    case 'reviewObjects':
      return { do: 'review-annotations', isReviewed: action.isReviewed };
    case 'rejectImages':
      return { do: 'reject-images', text: action.text };
    default:
      return { do: bulkVerbs[action.type] };
  }
}

const bulkVerbs = {
  deleteImages: 'delete-images',
  restoreImages: 'restore-images',
  deleteObjects: 'remove-annotations',
  restoreObjects: 'restore-annotations',
  acceptObjects: 'accept',
  rejectObjects: 'reject',
} as const;

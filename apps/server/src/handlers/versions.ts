// Versions, what lies between two revisions, the list of changes, of all or of one thing, and saved views.

import {
  annotationHistory,
  countTouched,
  createVersion,
  deleteSavedView,
  diffImages,
  diffSummary,
  getDataset,
  getImage,
  getImages,
  imageHistory,
  type LiveAnnotation,
  listCategories,
  listRevisions,
  listSavedViews,
  listVersions,
  removedFromImage,
  restoreVersion,
  type Store,
  saveView,
  type Version,
  versionExtent,
} from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import { annotation, imageSummary, time } from './answers.ts';

type VersionHandlers = Pick<
  Handlers,
  | 'listVersions'
  | 'createVersion'
  | 'getVersionExtent'
  | 'restoreVersion'
  | 'getDifference'
  | 'listRevisions'
  | 'countTouched'
  | 'getImageHistory'
  | 'getObjectHistory'
  | 'listRemovedObjects'
  | 'listViews'
  | 'saveView'
  | 'deleteView'
>;

export function versionHandlers(store: Store): VersionHandlers {
  return {
    listVersions: async ({ params }) => ({
      versions: (await listVersions(store, params.datasetId)).map(versionAnswer),
    }),
    createVersion: async ({ params, body }, { caller }) =>
      versionAnswer(await createVersion(store, params.datasetId, { ...body, author: caller.user })),
    getVersionExtent: ({ params: { datasetId, name }, query: { q } }) =>
      versionExtent(store, datasetId, { at: name, query: q }),
    restoreVersion: async ({ params }, { caller }) =>
      restoreVersion(store, params.datasetId, params.name, { author: caller.user }),

    getDifference: async ({ params: { datasetId }, query: { from, to, after, limit } }) => {
      const start = revisionMeant(from) ?? (await getDataset(store, datasetId)).revision;
      const end = revisionMeant(to);
      const [summary, page] = await Promise.all([
        diffSummary(store, datasetId, start, end),
        diffImages(store, datasetId, start, {
          to: end,
          after: after === undefined ? undefined : Number(after),
          limit,
        }),
      ]);
      const images = new Map(
        (
          await getImages(
            store,
            datasetId,
            page.map(({ imageId }) => imageId),
          )
        ).map((image) => [image.imageId, imageSummary(image)]),
      );
      return {
        images: {
          added: summary.imagesAdded,
          removed: summary.imagesRemoved,
          changed: summary.changedImages - summary.imagesAdded - summary.imagesRemoved,
        },
        fields: summary.fields,
        names:
          after === undefined
            ? {
                before: await categoryNames(store, datasetId, start),
                after: await categoryNames(store, datasetId, end),
              }
            : { before: [], after: [] },
        categories: summary.categories,
        items: page.map(({ imageId, image, fields, annotations }) => ({
          image: images.get(imageId)!,
          change: image ?? ('changed' as const),
          fields,
          before: annotations.flatMap(({ before }) =>
            before === null ? [] : [annotation(before)],
          ),
          after: annotations.flatMap(({ after: now }) => (now === null ? [] : [annotation(now)])),
        })),
        next: page.length < limit ? null : String(page.at(-1)!.imageId),
      };
    },
    listRevisions: async ({ params, query: { after, limit } }) => {
      const before = after === undefined ? undefined : Number(after);
      const revisions = await listRevisions(store, params.datasetId, { before, limit });
      return {
        items: revisions.map(({ at, jobId, versions, ...revision }) => ({
          ...revision,
          at: time(at),
        })),
        next: revisions.length < limit ? null : String(revisions.at(-1)!.revision),
      };
    },

    countTouched: ({ params }) => countTouched(store, params.datasetId, params.revision),

    getImageHistory: async ({ params: { datasetId, imageId }, query: { after, limit } }) => {
      await getImage(store, datasetId, imageId);
      const before = after === undefined ? undefined : Number(after);
      const entries = await imageHistory(store, datasetId, imageId, { before, limit });
      return {
        items: entries.map(({ changes, ...entry }) => ({
          ...entry,
          at: time(entry.at),
          changes: changes.map(({ before: old, after: now, ...change }) => ({
            ...change,
            before: shown(old),
            after: shown(now),
          })),
        })),
        next: entries.length < limit ? null : String(entries.at(-1)!.revision),
      };
    },
    listRemovedObjects: async ({ params: { datasetId, imageId } }) => {
      await getImage(store, datasetId, imageId);
      const removed = await removedFromImage(store, datasetId, imageId);
      return {
        items: removed.map(({ annotation: live, removedBy, removedAt }) => ({
          annotation: annotation(live),
          removed: { revision: live.retired!, author: removedBy, at: time(removedAt) },
        })),
      };
    },
    getObjectHistory: async ({ params: { datasetId, annotationId } }) => {
      const entries = await annotationHistory(store, datasetId, annotationId);
      return {
        items: entries.map(({ at, before, after, ...entry }) => ({
          ...entry,
          at: time(at),
          before: shown(before),
          after: shown(after),
        })),
      };
    },

    listViews: async ({ params }) => ({
      views: (await listSavedViews(store, params.datasetId)).map(({ name, query, sort }) => ({
        name,
        query,
        sort: sort as 'name',
      })),
    }),
    saveView: async ({ params, body }, { caller }) => {
      await saveView(store, params.datasetId, { ...body, author: caller.user });
      return body;
    },
    deleteView: async ({ params }) => {
      await deleteSavedView(store, params.datasetId, params.name);
      return {};
    },
  };
}

async function categoryNames(store: Store, datasetId: number, at: string | number | undefined) {
  const categories = await listCategories(store, datasetId, { at });
  return categories.map(({ categoryId, coco: { name } }) => ({ categoryId, name }));
}

const shown = (live: LiveAnnotation | null) => (live === null ? null : annotation(live));

/** A version's name, a revision's number, or undefined for now. */
function revisionMeant(text: string): string | number | undefined {
  if (text === 'now') return undefined;
  return /^\d+$/.test(text) ? Number(text) : text;
}

function versionAnswer({
  name,
  revision,
  note,
  author,
  createdAt,
  imageCount,
  annotationCount,
}: Version) {
  return { name, revision, note, author, createdAt: time(createdAt), imageCount, annotationCount };
}

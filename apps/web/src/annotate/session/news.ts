// Keeps an open picture up with what other people do: asks what became of it whenever the dataset has changed.

import type { ServerObject } from '@migaki/annotator';
import { fieldsFromServer } from '@migaki/annotator';
import { type Annotation, ApiError, type ImageChanges, type ServerEvent } from '@migaki/api';
import { client } from '../../server/client.ts';
import { listenToEvents } from '../../server/events.ts';

interface NewsOptions {
  datasetId: number;
  imageId: number;
  /** Whose changes are known here. */
  sessionId: string;
  /** Up to this revision everything is known. */
  revision: number;
  onNews: (changes: ImageChanges) => void;
  onGone: () => void;
}

export interface News {
  catchUp(): void;
  stop(): void;
}

export function followNews(options: NewsOptions): News {
  const { datasetId, imageId, sessionId, onNews, onGone } = options;
  let known = options.revision;
  let isAsking = false;
  let isOld = false;
  let isStopped = false;
  const ask = async (): Promise<void> => {
    isOld = true;
    if (isAsking) return;
    isAsking = true;
    while (isOld && !isStopped) {
      isOld = false;
      try {
        const changes = await client.getImageChanges({
          params: { datasetId, imageId },
          query: { since: known },
        });
        known = Math.max(known, changes.revision);
        if (!isStopped) onNews(changes);
      } catch (error) {
        // Whatever else it is: the next event, or the way back, asks again.
        if (error instanceof ApiError && error.status === 404) onGone();
      }
    }
    isAsking = false;
  };
  const end = listenToEvents((event) => {
    if (event.type === 'missed' || event.type === 'resynchronise') void ask();
    if (event.type === 'dataset-removed' && event.datasetId === datasetId) onGone();
    if (event.type !== 'dataset' || event.datasetId !== datasetId) return;
    const concerns = ({ imageIds, sessionId: by }: DatasetChange) =>
      by !== sessionId && (imageIds === null || imageIds.includes(imageId));
    if (event.changes === null || event.changes.some(concerns)) void ask();
  });
  return {
    catchUp: () => void ask(),
    stop() {
      isStopped = true;
      end();
    },
  };
}

type DatasetChange = NonNullable<Extract<ServerEvent, { type: 'dataset' }>['changes']>[number];

type Picture = Parameters<typeof fieldsFromServer>[1];

export const serverObject = (annotation: Annotation, picture: Picture): ServerObject => ({
  annotationId: annotation.id,
  born: annotation.born,
  author: annotation.author,
  fields: fieldsFromServer(annotation, picture),
});

export const serverObjects = (
  { annotations, removed }: ImageChanges,
  picture: Picture,
): ServerObject[] => [
  ...annotations.map((annotation) => serverObject(annotation, picture)),
  ...removed.map(({ annotationId, revision, author }) => ({
    annotationId,
    born: revision,
    author,
    fields: null,
  })),
];

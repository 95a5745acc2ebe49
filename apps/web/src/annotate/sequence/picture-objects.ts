// What is drawn on another picture.

import {
  type AnnotationObject,
  fieldsFromServer,
  isPictureLabel,
  type Size,
} from '@migaki/annotator';
import type { Image } from '@migaki/api';
import { queryOptions } from '@tanstack/react-query';
import { queryClient } from '../../server/client.ts';
import { imageQuery } from '../../server/queries.ts';
import { sizeOf } from './frames.ts';

/** Objects with a place that somebody has drawn or accepted; ids are the server's. */
export interface PictureObjects {
  readonly image: Image;
  readonly size: Size;
  readonly objects: readonly AnnotationObject[];
  /** What nobody has accepted yet is not among them. */
  readonly proposalCount: number;
  readonly bornOf: ReadonlyMap<number, number>;
}

export const pictureObjectsQuery = (datasetId: number, imageId: number) =>
  queryOptions({
    ...imageQuery(datasetId, imageId),
    staleTime: 0,
    select: pictureObjects,
  });

export const fetchPictureObjects = async (datasetId: number, imageId: number) =>
  pictureObjects(await queryClient.fetchQuery({ ...imageQuery(datasetId, imageId), staleTime: 0 }));

function pictureObjects(image: Image): PictureObjects {
  const size = sizeOf(image, { width: 1000, height: 1000 });
  const objects = image.annotations
    .map((annotation) => ({ ...fieldsFromServer(annotation, size), id: annotation.id }))
    .filter((object) => object.state === 'accepted' && !isPictureLabel(object));
  return {
    image,
    size,
    objects,
    proposalCount: image.annotations.filter(({ state }) => state === 'proposed').length,
    bornOf: new Map(image.annotations.map(({ id, born }) => [id, born])),
  };
}

const atOnce = 6;

/** @param onDone told how many are there */
export async function fetchAll(
  datasetId: number,
  imageIds: readonly number[],
  onDone: (count: number) => void,
): Promise<PictureObjects[]> {
  const all: PictureObjects[] = [];
  for (let at = 0; at < imageIds.length; at += atOnce) {
    const some = imageIds.slice(at, at + atOnce);
    all.push(...(await Promise.all(some.map((id) => fetchPictureObjects(datasetId, id)))));
    onDone(all.length);
  }
  return all;
}

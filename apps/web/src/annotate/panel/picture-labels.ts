// What is said of the whole picture.

import { type AnnotationObject, type Document, isPictureLabel } from '@migaki/annotator';

const isShown = ({ state }: AnnotationObject): boolean => state !== 'rejected';

/** Ids of the categories that the whole picture has. */
export const pictureTags = ({ objects }: Document): number[] =>
  [...objects.values()].flatMap((object) =>
    isPictureLabel(object) && isShown(object) && object.categoryId !== null
      ? [object.categoryId]
      : [],
  );

export const pictureCaptions = ({ objects }: Document): AnnotationObject[] =>
  [...objects.values()].filter((object) => object.caption !== null && isShown(object));

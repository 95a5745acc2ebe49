// In what two states of an object differ, in a person's words.

import type { Annotation } from '@migaki/api';

export const fieldGroups = [
  'shape',
  'category',
  'attributes',
  'state',
  'score',
  'crowd',
  'caption',
] as const;
export type FieldGroup = (typeof fieldGroups)[number];

const partsOf: Record<FieldGroup, (annotation: Annotation) => unknown> = {
  shape: ({ bbox, segmentation, keypoints }) => [bbox, segmentation, keypoints],
  category: ({ categoryId }) => categoryId,
  attributes: ({ attributes }) => attributes,
  state: ({ state }) => state,
  score: ({ score }) => score,
  crowd: ({ iscrowd }) => iscrowd,
  caption: ({ caption }) => caption,
};

export const changedFields = (before: Annotation, after: Annotation): FieldGroup[] =>
  fieldGroups.filter(
    (group) => JSON.stringify(partsOf[group](before)) !== JSON.stringify(partsOf[group](after)),
  );

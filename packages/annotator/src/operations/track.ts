// The same thing in the pictures of a sequence: `track_id` among its attributes says which one it is, and `keyframe` is
// false where no person drew it but it was filled in.

import type { ObjectFields } from '../document/annotation-object.ts';

type Attributes = ObjectFields['attributes'];
export type TrackId = string | number;

export function trackOf({ attributes }: Pick<ObjectFields, 'attributes'>): TrackId | null {
  const { track_id: track } = attributes;
  return typeof track === 'string' || typeof track === 'number' ? track : null;
}

export const isKeyFrame = ({ attributes }: Pick<ObjectFields, 'attributes'>): boolean =>
  attributes.keyframe !== false;

export const onTrack = (attributes: Attributes, track: TrackId, isKey: boolean): Attributes => {
  const { keyframe: _, ...rest } = attributes;
  return { ...rest, track_id: track, ...(!isKey && { keyframe: false }) };
};

/** What was filled in is drawn by a person as soon as one changes its shape. */
export function drawnByHand(attributes: Attributes): Attributes {
  const { keyframe, ...rest } = attributes;
  return keyframe === false ? rest : attributes;
}

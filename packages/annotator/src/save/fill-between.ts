// An object in the pictures between two in which a person drew it, and what is sent for that.

import type { AnnotationObject } from '../document/annotation-object.ts';
import { ObjectMap } from '../document/object-map.ts';
import { interpolateAt } from '../operations/interpolate.ts';
import { isKeyFrame, onTrack, type TrackId } from '../operations/track.ts';
import { changeOf } from '../transaction/change.ts';
import { noIdentities } from './identities.ts';
import type { Frame } from './propagate.ts';
import { type ServerEdit, serverEditOf } from './server-edit.ts';

/** A picture of the sequence, with what it has of the track; ids and revisions are the server's. */
export interface TrackedFrame extends Frame {
  readonly found: { readonly object: AnnotationObject; readonly born: number } | null;
}

export interface Filling {
  readonly edits: readonly ServerEdit[];
  /** Pictures in which the object is drawn or moved. */
  readonly filled: number;
  /** Pictures of another size, in which the same pixels are other places. */
  readonly leftOut: number;
}

/**
 * Boxes, turned boxes and poses move evenly from one key frame to the next; what was filled in before moves along.
 *
 * @param frames in their order; the first and the last have the object
 * @returns no edits where nothing can be told between: polygons and masks, or shapes of different kinds
 * @example fillBetween(17, [{ imageId: 1, width, height, found }, …]).edits
 */
export function fillBetween(track: TrackId, frames: readonly TrackedFrame[]): Filling {
  const { width, height } = frames[0];
  const keyFrames = frames.flatMap(({ found }, at) =>
    found !== null && (isKeyFrame(found.object) || at === 0 || at === frames.length - 1)
      ? [{ at, object: found.object }]
      : [],
  );
  const isKey = new Set(keyFrames.map(({ at }) => at));
  const edits: ServerEdit[] = [];
  let filled = 0;
  let leftOut = 0;
  for (const [at, frame] of frames.entries()) {
    const { imageId, found } = frame;
    if (isKey.has(at)) {
      // Whoever was drawn apart belongs to the track from now on.
      const attributes = onTrack(found!.object.attributes, track, true);
      edits.push(...changed(imageId, found!, { attributes }));
      continue;
    }
    const shape = interpolateAt(keyFrames, at);
    if (shape === null) continue;
    if (frame.width !== width || frame.height !== height) {
      leftOut++;
      continue;
    }
    const model = keyFrames.findLast((each) => each.at < at)!.object;
    const attributes = onTrack({ ...model.attributes, ...shape.attributes }, track, false);
    if (found !== null) {
      const edit = changed(imageId, found, { ...shape, attributes });
      filled += edit.length;
      edits.push(...edit);
      continue;
    }
    const object: AnnotationObject = {
      ...model,
      ...shape,
      attributes,
      origin: 'human',
      score: null,
      state: 'accepted',
      id: -1,
    };
    filled++;
    edits.push(serverEditOf({ type: 'add', object }, imageId, noIdentities));
  }
  return { edits, filled, leftOut };
}

function changed(
  imageId: number,
  { object, born }: NonNullable<TrackedFrame['found']>,
  fields: Partial<AnnotationObject>,
): ServerEdit[] {
  const change = changeOf(object, fields);
  if (change === null) return [];
  const identities = { ...noIdentities, born: ObjectMap.from([[object.id, born]]) };
  return [serverEditOf(change, imageId, identities, object)];
}

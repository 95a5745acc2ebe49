// Gives objects of the open picture a track each, where they are on none.

import { type AnnotationObject, annotationIdOf, onTrack, trackOf } from '@migaki/annotator';
import type { EditorStore } from '../session/editor-store.ts';
import { whenSaved } from './when-saved.ts';

/** @returns the objects as they are then. A track is called like the object with which it began. */
export async function withTracks(
  store: EditorStore,
  objects: readonly AnnotationObject[],
): Promise<AnnotationObject[]> {
  if (objects.every((object) => trackOf(object) !== null)) return [...objects];
  await whenSaved(store);
  const { identities } = store.get().sync;
  return objects.map((object) => {
    if (trackOf(object) !== null) return object;
    const track = annotationIdOf(identities, object.id)!;
    const attributes = onTrack(object.attributes, track, true);
    const event = { ids: [object.id], fields: { attributes }, label: 'attributes' } as const;
    store.dispatch({ type: 'set-fields', ...event });
    return { ...object, attributes };
  });
}

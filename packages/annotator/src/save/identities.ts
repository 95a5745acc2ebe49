// What the server calls the objects of this picture, and in which revision each was last seen.

import { type ObjectId, ObjectMap } from '../document/object-map.ts';

export interface Identities {
  /** Server's ids of objects that were made here, once they are known. */
  readonly annotationIds: ReadonlyMap<ObjectId, number>;
  /** The revision that made each object what it is, or deleted it. */
  readonly born: ObjectMap<number>;
  /** Objects whose segmentation could not be read, as their mask does not fit the picture: the server keeps it. */
  readonly unreadable: ReadonlySet<ObjectId>;
}

export const noIdentities: Identities = {
  annotationIds: new Map(),
  born: ObjectMap.empty(),
  unreadable: new Set(),
};

/** @returns undefined while the server does not know the object */
export const annotationIdOf = (
  { annotationIds }: Pick<Identities, 'annotationIds'>,
  id: ObjectId,
): number | undefined => (id < 0 ? annotationIds.get(id) : id);

/** The object that the server calls so. Few are made in one sitting: a table of the other direction is not worth keeping. */
export function objectIdOf(
  { annotationIds }: Pick<Identities, 'annotationIds'>,
  annotationId: number,
): ObjectId {
  for (const [id, known] of annotationIds) if (known === annotationId) return id;
  return annotationId;
}

export const withAnnotationId = (
  identities: Identities,
  id: ObjectId,
  annotationId: number,
): Identities => ({
  ...identities,
  annotationIds: new Map(identities.annotationIds).set(id, annotationId),
});

export const withBorn = (identities: Identities, id: ObjectId, revision: number): Identities => ({
  ...identities,
  born: identities.born.set(id, revision),
});

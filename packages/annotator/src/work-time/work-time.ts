// How long people really work on a picture and on each object: the time between two events counts unless it is so long
// that nobody can have been there. The times come with the events.

import { type ObjectId, ObjectMap } from '../document/object-map.ts';

export interface WorkTime {
  readonly pictureMillis: number;
  /** Each stretch of work belongs to the objects that its edit touched, in equal parts. */
  readonly objectMillis: ObjectMap<number>;
  /** Worked since the last edit: looking, zooming, drawing. */
  readonly openMillis: number;
  readonly lastMillis: number | null;
}

/** A longer gap was a break. */
const defaultIdleMillis = 30_000;

export const noWorkTime: WorkTime = {
  pictureMillis: 0,
  objectMillis: ObjectMap.empty(),
  openMillis: 0,
  lastMillis: null,
};

/** Something happened: a pointer moved, a key went down. Events that are out of order count nothing. */
export function worked(
  time: WorkTime,
  atMillis: number,
  idleMillis: number = defaultIdleMillis,
): WorkTime {
  const gap = time.lastMillis === null ? 0 : atMillis - time.lastMillis;
  const counted = gap > 0 && gap <= idleMillis ? gap : 0;
  return {
    ...time,
    pictureMillis: time.pictureMillis + counted,
    openMillis: time.openMillis + counted,
    lastMillis: Math.max(atMillis, time.lastMillis ?? atMillis),
  };
}

/** An edit ends a stretch of work: it goes to the objects that were touched. */
export function workedOn(time: WorkTime, ids: ReadonlySet<ObjectId>): WorkTime {
  if (ids.size === 0) return time;
  const share = time.openMillis / ids.size;
  let { objectMillis } = time;
  for (const id of ids) objectMillis = objectMillis.set(id, (objectMillis.get(id) ?? 0) + share);
  return { ...time, objectMillis, openMillis: 0 };
}

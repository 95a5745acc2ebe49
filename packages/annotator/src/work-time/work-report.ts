// What of the work is still to be told to the server. Objects that it does not know yet are told of later.

import type { ObjectMap } from '../document/object-map.ts';
import { annotationIdOf, type Identities } from '../save/identities.ts';
import type { WorkTime } from './work-time.ts';

/** How much of the work has been told. */
export type ToldWork = Pick<WorkTime, 'pictureMillis' | 'objectMillis'>;

export interface WorkReport {
  /** On the picture, with all that went into its objects. */
  readonly millis: number;
  readonly objects: readonly { readonly annotationId: number; readonly millis: number }[];
}

/**
 * @returns the report, null where there is nothing to tell; and what will have been told with it
 * @example const { report, told } = workReport(state.workTime, told, state.sync.identities);
 */
export function workReport(
  work: WorkTime,
  told: ToldWork,
  identities: Pick<Identities, 'annotationIds'>,
): { report: WorkReport | null; told: ToldWork } {
  const millis = work.pictureMillis - told.pictureMillis;
  const objects: { annotationId: number; millis: number }[] = [];
  let objectMillis: ObjectMap<number> = told.objectMillis;
  for (const [id, all] of work.objectMillis) {
    const annotationId = annotationIdOf(identities, id);
    const more = all - (told.objectMillis.get(id) ?? 0);
    if (annotationId === undefined || more <= 0) continue;
    objects.push({ annotationId, millis: more });
    objectMillis = objectMillis.set(id, all);
  }
  if (millis <= 0 && objects.length === 0) return { report: null, told };
  return {
    report: { millis: Math.max(0, millis), objects },
    told: { pictureMillis: work.pictureMillis, objectMillis },
  };
}

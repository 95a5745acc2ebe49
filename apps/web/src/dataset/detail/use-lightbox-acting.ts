// The keys that look over one picture: the verbs of the grid, on one of its objects or on all of it.

import type { Annotation, Image } from '@migaki/api';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../../shell/actions.ts';
import { notifyDone } from '../../shell/notify.tsx';
import { focusedObjectOf, focusObject, useFocusedObject } from '../acting/focused-object.ts';
import { performOnImage, performOnObject } from '../acting/perform.ts';
import {
  inReadingOrder,
  nextAfter,
  nextDoubtful,
  type StepOrder,
  stepFrom,
} from '../acting/step.ts';
import { useVerbActions } from '../acting/use-verb-actions.ts';
import type { Verb } from '../acting/verbs.ts';

/** @param image as it is now, with what was done to it; undefined while it is on its way */
export function useLightboxActing(datasetId: number, imageId: number, image: Image | undefined) {
  const { t } = useTranslation();
  const group = t('acting.group');
  const [isPicking, setPicking] = useState(false);
  const focusedId = useFocusedObject(imageId);
  /** As the person stepped last. */
  const order = useRef<StepOrder>('reading');
  useEffect(() => () => focusObject(null), []);
  // The one of the picture before means nothing here.
  useEffect(() => {
    if (focusedObjectOf(imageId) === null) focusObject(null);
  }, [imageId]);

  const objects = inReadingOrder(image?.annotations ?? [], image?.height ?? 1);
  const focusOn = (object: Pick<Annotation, 'id'> | null) =>
    focusObject(object === null ? null : { imageId, annotationId: object.id });

  const act = (verb: Verb): void => {
    if (image === undefined) return;
    const object = objects.find(({ id }) => id === focusedId);
    if (object !== undefined) {
      const known = { ...object, isReviewed: object.reviewed !== null };
      performOnObject(datasetId, imageId, known, verb, { onUndone: () => focusOn(object) });
      focusOn(nextAfter(objects, object, order.current));
    } else if (verb.do === 'delete' || verb.do === 'categorize') {
      notifyDone(t('acting.chooseObject'));
    } else performOnImage(datasetId, image, verb);
  };
  const steps = {
    next: () => stepFrom(objects, focusedId, 1),
    previous: () => stepFrom(objects, focusedId, -1),
    doubtful: () => nextDoubtful(objects, focusedId) ?? nextDoubtful(objects, null),
  };
  const keys = { next: '.', previous: ',', doubtful: 'g' } as const;
  useActions(
    (Object.keys(steps) as (keyof typeof steps)[]).map((name) => ({
      id: `object-${name}`,
      label: t(`acting.step.${name}`),
      group,
      keys: [keys[name]],
      run: () => {
        order.current = name === 'doubtful' ? 'doubt' : 'reading';
        focusOn(steps[name]());
      },
    })),
    'cover',
  );
  useVerbActions({ datasetId, group, layer: 'cover', act, pick: () => setPicking(true) });

  /** The smallest object around a place is the one that is meant. */
  const focusAt = ([x, y]: readonly [number, number]): void => {
    const around = objects
      .filter(({ bbox }) => {
        if (bbox === null) return false;
        const [left, top, width, height] = bbox;
        return x >= left && x <= left + width && y >= top && y <= top + height;
      })
      .sort((a, b) => a.bbox![2] * a.bbox![3] - b.bbox![2] * b.bbox![3]);
    focusOn(around[0] ?? null);
  };
  return { focusedId, focusOn, focusAt, act, isPicking, setPicking };
}

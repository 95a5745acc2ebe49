// Tells the server how long people worked in grids, as annotators tell it: what a key did to a picture took the time since the key
// before. Without it looking over in the grid would seem to take no time.

import { useEffect } from 'react';
import { tellStretch } from '../../annotate/session/work-telling.ts';
import { ownSession } from '../../server/own-changes.ts';
import type { Deed } from './deed.ts';
import { deedDone, moved, stoppedClock } from './grid-clock.ts';

let clock = stoppedClock;
let isRunning = false;
let counter = 0;

const onMove = (): void => {
  clock = moved(clock, performance.now());
};
const signs = ['keydown', 'pointermove', 'pointerdown', 'wheel'] as const;

/** The clock runs while a grid is shown: what is done on other pages is other work. */
export function useGridClock(): void {
  useEffect(() => {
    clock = moved(stoppedClock, performance.now());
    isRunning = true;
    for (const sign of signs)
      window.addEventListener(sign, onMove, { passive: true, capture: true });
    return () => {
      isRunning = false;
      for (const sign of signs) window.removeEventListener(sign, onMove, { capture: true });
    };
  }, []);
}

/** Of a selection each picture has an equal part; one by a query says nothing of any. */
export function noteWork(datasetId: number, deed: Deed): void {
  if (!isRunning) return;
  const done = deedDone(clock, performance.now());
  clock = done.clock;
  const imageIds = imagesOf(deed);
  const millis = Math.round(done.millis / imageIds.length);
  if (imageIds.length === 0 || millis === 0) return;
  const at = new Date().toISOString();
  for (const imageId of imageIds) {
    const objects = deed.to === 'object' ? [{ annotationId: deed.object.id, millis }] : [];
    tellStretch(
      { datasetId, sessionId: ownSession },
      { counter: counter++, at, imageId, millis, objects },
    );
  }
}

function imagesOf(deed: Deed): readonly number[] {
  if (deed.to === 'image') return [deed.image.id];
  if (deed.to !== 'selection') return [deed.imageId];
  return 'imageIds' in deed.selection ? deed.selection.imageIds : [];
}

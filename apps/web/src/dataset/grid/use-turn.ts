// What a grid shows besides its pictures comes a few tiles at a time, so that a screen of canvases never holds up the
// scrolling: a canvas of a tile costs the browser about two milliseconds, mostly as a layer of its own.

import { useEffect, useState } from 'react';

const turnsPerFrame = 4;
/** A frame that comes later than this has no time left for more than one. */
const lateMillis = 30;

/** Pictures come first, and tiles that are only scrolled past never get a turn. */
const calmMillis = 120;

/** First come, first served. */
const waiting = new Set<() => void>();
let isRunning = false;
let lastFrame = 0;
let heldUntil = 0;

/** Somebody hurries past: nobody has a turn until that ends. */
export function holdTurns(): void {
  heldUntil = performance.now() + calmMillis;
}

function run(now: number): void {
  if (now < heldUntil) {
    requestAnimationFrame(run);
    return;
  }
  let turns = now - lastFrame > lateMillis ? 1 : turnsPerFrame;
  lastFrame = now;
  for (const take of waiting) {
    if (turns === 0) break;
    turns--;
    waiting.delete(take);
    take();
  }
  isRunning = waiting.size > 0;
  if (isRunning) requestAnimationFrame(run);
}

/** Whether the turn of the component has come; from then on it stays so. */
export function useTurn(): boolean {
  const [hasCome, setCome] = useState(false);
  useEffect(() => {
    const take = () => setCome(true);
    const timer = setTimeout(() => {
      waiting.add(take);
      if (!isRunning) requestAnimationFrame(run);
      isRunning = true;
    }, calmMillis);
    return () => {
      clearTimeout(timer);
      waiting.delete(take);
    };
  }, []);
  return hasCome;
}

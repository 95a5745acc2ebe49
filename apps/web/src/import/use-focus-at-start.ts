import { type RefObject, useEffect, useRef } from 'react';

/**
 * Takes the keys along to the next step of a dialog: what had them has gone with the step before.
 *
 * @returns for what they go to
 */
export function useFocusAtStart<Target extends HTMLElement>(): RefObject<Target | null> {
  const target = useRef<Target>(null);
  useEffect(() => target.current?.focus(), []);
  return target;
}

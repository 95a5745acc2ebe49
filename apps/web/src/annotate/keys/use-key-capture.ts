// The next keys that are pressed, wherever the focus is: nothing else hears of them.

import { chordOf } from '@migaki/annotator';
import { useEffect, useRef } from 'react';

const modifiers = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead']);

/** @param onChord null for Escape: nothing is to be taken */
export function useKeyCapture(isOn: boolean, onChord: (chord: string | null) => void): void {
  const latest = useRef(onChord);
  latest.current = onChord;
  useEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (modifiers.has(event.key) || event.isComposing) return;
      latest.current(event.key === 'Escape' ? null : chordOf(event));
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [isOn]);
}

import { type RefObject, useEffect } from 'react';
import type { PanelPart, PanelState } from './use-panel.ts';

/** Takes the focus when the keyboard is led to this part of the panel. */
export function useWantedFocus(
  wanted: PanelState['wanted'],
  part: PanelPart,
  element: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    if (wanted?.part === part) element.current?.focus();
  }, [wanted, part, element]);
}

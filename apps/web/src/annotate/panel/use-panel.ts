// The panel at the right: whether it is open, which tab is on top, and what the keyboard goes to.

import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';

export type PanelTab = 'objects' | 'picture';
export type PanelPart = 'categories' | 'objects' | 'object' | 'picture' | 'comment';

export interface PanelState {
  readonly isOpen: boolean;
  readonly tab: PanelTab;
  /** What is to have the focus; another count means once more. */
  readonly wanted: { readonly part: PanelPart; readonly count: number } | null;
  readonly toggle: () => void;
  readonly show: (tab: PanelTab) => void;
  readonly focus: (part: PanelPart) => void;
}

export const narrowAnnotator = '(max-width: 900px)';

export function usePanel(): PanelState {
  const isNarrow = useMediaQuery(narrowAnnotator, undefined, { getInitialValueInEffect: false });
  const [isWideOpen, setWideOpen] = useLocalStorage({
    key: 'migaki-annotate-panel',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  // On a narrow screen it would lie over the picture.
  const [isNarrowOpen, setNarrowOpen] = useState(false);
  const [isOpen, setOpen] = isNarrow ? [isNarrowOpen, setNarrowOpen] : [isWideOpen, setWideOpen];
  const [tab, setTab] = useState<PanelTab>('objects');
  const [wanted, setWanted] = useState<PanelState['wanted']>(null);
  const focus = useCallback(
    (part: PanelPart) => {
      setOpen(true);
      setTab(part === 'picture' || part === 'comment' ? 'picture' : 'objects');
      setWanted((before) => ({ part, count: (before?.count ?? 0) + 1 }));
    },
    [setOpen],
  );
  const toggle = useCallback(() => setOpen(!isOpen), [setOpen, isOpen]);
  return useMemo(
    () => ({ isOpen, tab, wanted, toggle, show: setTab, focus }),
    [isOpen, tab, wanted, toggle, focus],
  );
}

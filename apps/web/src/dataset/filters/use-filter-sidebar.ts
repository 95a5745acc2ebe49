import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useDisplayPreferences } from '../../shell/preferences.ts';

/** The same as in the style sheets. */
export const narrowScreen = '(max-width: 900px)';

export interface FilterSidebarState {
  /** On a narrow screen the filters lie over the view, in a drawer. */
  isDrawer: boolean;
  isOpen: boolean;
  toggle: () => void;
}

/** Whether the filters are shown: beside the view, as the browser remembers it, or over it, closed at first. */
export function useFilterSidebar(): FilterSidebarState {
  const isDrawer = useMediaQuery(narrowScreen, undefined, { getInitialValueInEffect: false });
  const [{ isSidebarOpen }, change] = useDisplayPreferences();
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  return isDrawer
    ? { isDrawer, isOpen: isDrawerOpen, toggle: () => setDrawerOpen(!isDrawerOpen) }
    : { isDrawer, isOpen: isSidebarOpen, toggle: () => change({ isSidebarOpen: !isSidebarOpen }) };
}

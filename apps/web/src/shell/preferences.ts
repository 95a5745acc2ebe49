// What this browser remembers: how things are shown, never what is shown (that is in the address).

import { useLocalStorage } from '@mantine/hooks';

export interface DisplayPreferences {
  /** Width of a tile, CSS pixels. */
  tileWidth: number;
  isOverlayShown: boolean;
  colorBy: 'category' | 'origin';
  isLabelShown: boolean;
  isSidebarOpen: boolean;
}

const defaults: DisplayPreferences = {
  tileWidth: 220,
  isOverlayShown: true,
  colorBy: 'category',
  isLabelShown: false,
  // Where the page is narrow they would lie over what they filter.
  isSidebarOpen: window.innerWidth > 900,
};

export function useDisplayPreferences() {
  const [stored, store] = useLocalStorage<Partial<DisplayPreferences>>({
    key: 'migaki-display',
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const change = (changed: Partial<DisplayPreferences>) =>
    store((current) => ({ ...current, ...changed }));
  return [{ ...defaults, ...stored }, change] as const;
}

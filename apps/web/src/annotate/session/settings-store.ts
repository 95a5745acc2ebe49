// Brush, wand, colours and the like, as this browser's user left them; the category is the dataset's own.

import type { Settings } from '@migaki/annotator';

const storageKey = 'migaki-annotate-settings';

export function readSettings(): Partial<Settings> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return typeof stored === 'object' && stored !== null ? stored : {};
  } catch {
    return {};
  }
}

export function writeSettings({ categoryId: _, ...settings }: Settings): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(settings));
  } catch {
    // Without room for it they last as long as the page.
  }
}

// The keys that this browser's user has chosen.

import { defaultKeymapSettings, type KeymapSettings, presets } from '@migaki/annotator';

const storageKey = 'migaki-annotate-keys';

export function readKeymap(): KeymapSettings {
  try {
    const { preset, own } = JSON.parse(localStorage.getItem(storageKey) ?? '') as KeymapSettings;
    const isKnown = Object.hasOwn(presets, preset) && typeof own === 'object' && own !== null;
    return isKnown ? { preset, own } : defaultKeymapSettings;
  } catch {
    return defaultKeymapSettings;
  }
}

export function writeKeymap(keymap: KeymapSettings): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(keymap));
  } catch {
    // Without room for it they last as long as the page.
  }
}
